package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A user's account. */
record UserModule(UserWanted wanted, Accounts.State state) implements Resource<UserSeen> {

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "user")
          .summary("Makes, changes or removes a user's account.")
          .doc(
              "Needs useradd, usermod, userdel, chage and chpasswd on the host. A password is a hash, is handed over by standard input and is in no diff."
                  + " Groups given by number are compared by their names, so they settle, which they do not in Ansible's module."
                  + " A lock that 'password_lock: false' would open onto an empty password stays.\n\n"
                  + "Not there: 'generate_ssh_key' and the 'ssh_key_' parameters (a private key should be made where it is used; use 'command' with 'creates'),"
                  + " 'local: true' (needs libuser's commands), and what other systems than Linux have: 'login_class', 'hidden', 'profile', 'authorization', 'role'.")
          .parameters(
              Parameter.required("name", Type.TEXT, "The user.").alias("user"),
              Parameter.optional("state", Type.TEXT, "Whether the account is there.")
                  .oneOf("present", "absent")
                  .defaultsTo("present"),
              Parameter.optional("uid", Type.INTEGER, "Its number; without it the host chooses."),
              Parameter.optional(
                      "non_unique", Type.FLAG, "Whether another user may have the number too.")
                  .defaultsTo(false),
              Parameter.optional("group", Type.TEXT, "Name or number of the first group."),
              Parameter.optional(
                  "groups",
                  Type.LIST,
                  "Names of further groups; all others are left, unless 'append' is true. An empty text leaves all."),
              Parameter.optional("append", Type.FLAG, "Whether 'groups' adds only.")
                  .defaultsTo(false),
              Parameter.optional("comment", Type.SCALAR, "The full name, or what else it is for."),
              Parameter.optional("home", Type.PATH, "The home."),
              Parameter.optional(
                      "create_home", Type.FLAG, "Whether a home that is not there is made.")
                  .alias("createhome")
                  .defaultsTo(true),
              Parameter.optional(
                      "move_home", Type.FLAG, "Whether the home is moved where 'home' is another.")
                  .defaultsTo(false),
              Parameter.optional(
                  "skeleton", Type.PATH, "What a new home is a copy of, instead of /etc/skel."),
              Parameter.optional("umask", Type.TEXT, "Of a new home, as useradd takes it."),
              Parameter.optional("shell", Type.SCALAR, "The login shell."),
              Parameter.optional("seuser", Type.TEXT, "The SELinux user of a new account."),
              Parameter.optional(
                      "system", Type.FLAG, "Whether a new account gets a number of the system's.")
                  .defaultsTo(false),
              Parameter.optional(
                  "password", Type.SCALAR, "The password's hash, as crypt(3) makes."),
              Parameter.optional(
                      "update_password", Type.TEXT, "on_create leaves a password that is there.")
                  .oneOf("always", "on_create")
                  .defaultsTo("always"),
              Parameter.optional(
                  "password_lock", Type.FLAG, "Whether logging in by password is locked."),
              Parameter.optional(
                  "password_expire_min",
                  Type.INTEGER,
                  "Days between changes of the password, at least."),
              Parameter.optional(
                  "password_expire_max",
                  Type.INTEGER,
                  "Days between changes of the password, at most."),
              Parameter.optional(
                  "expires",
                  Type.NUMBER,
                  "When the account ends, in seconds since 1970; negative for never."),
              Parameter.optional("remove", Type.FLAG, "Whether the home goes with the account.")
                  .defaultsTo(false),
              Parameter.optional(
                      "force", Type.FLAG, "Whether it is removed though the user is logged in.")
                  .defaultsTo(false),
              Accounts.LOCAL)
          .example("- user:\n    name: vllm\n    system: true\n    shell: /usr/sbin/nologin")
          .result("name", "The user.")
          .result("state", "As given.")
          .result("uid", "The number.")
          .result("group", "The number of the first group.")
          .result("groups", "As given.")
          .result("comment", "As it is.")
          .result("home", "As it is.")
          .result("shell", "As it is.")
          .result("system", "As given, where the account was made.")
          .result("create_home", "As given, where the account was made.")
          .result("append", "As given, where the account was there.")
          .result("move_home", "As given, where the account was there.")
          .result("password", "NOT_LOGGING_PASSWORD, where one is given.")
          .result("force", "As given, where the account was removed.")
          .result("remove", "As given, where the account was removed.")
          .makes(UserModule::of);

  private static UserModule of(Args args) {
    Accounts.notLocal(args);
    return new UserModule(UserWanted.of(args), Accounts.State.of(args.text("state")));
  }

  @Override
  public Probe<UserSeen> probe() {
    return UserSeen.probe(wanted.name(), wanted.named(), wanted.home().orElse(""));
  }

  @Override
  public Plan plan(UserSeen seen) {
    if (state == Accounts.State.ABSENT) {
      return Plan.of(seen.exists() ? List.of(removal(seen)) : List.of());
    }
    Optional<String> missing =
        wanted.named().stream().filter(group -> !seen.groups().containsKey(group)).findFirst();
    if (missing.isPresent()) {
      return Plan.lacking("Group " + missing.get() + " does not exist");
    } else if (!seen.exists()) {
      return Plan.of(UserHome.created(wanted, seen)).with(remarks());
    } else if (wanted.needsShadow() && seen.shadow().isEmpty()) {
      return Plan.unverifiable(
          "the password's state of " + wanted.name() + " cannot be read: use 'become'");
    }
    return Plan.of(UserEdit.of(wanted, seen)).with(remarks());
  }

  private Change removal(UserSeen seen) {
    List<Sh> options = new ArrayList<>();
    if (wanted.is(UserWanted.How.FORCE)) {
      options.add(Sh.of("-f"));
    }
    if (wanted.is(UserWanted.How.REMOVE)) {
      options.add(Sh.of("-r"));
    }
    return Change.run(
        "user " + wanted.name(),
        "uid: " + seen.entry().orElseThrow().uid(),
        Change.ABSENT,
        Sh.of("userdel {} -- {}", options, wanted.name()));
  }

  private List<Remark> remarks() {
    boolean hashed =
        wanted
            .password()
            .filter(p -> !p.matches("[*!]+") && !p.matches("\\$[^:*!]+\\$[./A-Za-z0-9]+"))
            .isEmpty();
    return hashed
        ? List.of()
        : List.of(
            Remark.risk(
                "'password' does not look like a hash; nobody can log in with a password that is stored so"));
  }

  @Override
  public ImmutableMap<String, Object> result(UserSeen seen) {
    return resultOfChange(seen, seen);
  }

  @Override
  public ImmutableMap<String, Object> resultOfChange(UserSeen before, UserSeen seen) {
    ImmutableMap.Builder<String, Object> result = ImmutableMap.builder();
    result.put("name", wanted.name()).put("state", state.word());
    if (state == Accounts.State.ABSENT) {
      if (before.exists() && !seen.exists()) {
        result.put("force", wanted.is(UserWanted.How.FORCE));
        result.put("remove", wanted.is(UserWanted.How.REMOVE));
      }
      return result.buildOrThrow();
    }
    if (before.exists()) {
      result.put("append", wanted.is(UserWanted.How.APPEND));
      result.put("move_home", wanted.is(UserWanted.How.MOVE_HOME));
    } else if (seen.exists()) {
      result.put("system", wanted.is(UserWanted.How.SYSTEM));
      result.put("create_home", wanted.is(UserWanted.How.CREATE_HOME));
    }
    wanted.password().ifPresent(hash -> result.put("password", "NOT_LOGGING_PASSWORD"));
    seen.entry().ifPresent(entry -> entry(entry, result));
    return result.buildOrThrow();
  }

  private void entry(UserSeen.Entry entry, ImmutableMap.Builder<String, Object> result) {
    result
        .put("uid", entry.uid())
        .put("group", entry.gid())
        .put("comment", entry.comment())
        .put("home", entry.home())
        .put("shell", entry.shell());
    wanted.groups().ifPresent(groups -> result.put("groups", String.join(",", groups)));
  }
}
