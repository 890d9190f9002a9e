package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Convert;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a playbook says to {@code env}, and what of it makes sense. */
final class EnvModule {
  /** Where a file of variables is, who reads it and who runs with it: shared with allocator. */
  static final ImmutableList<Parameter> PLACE =
      ImmutableList.of(
          Parameter.optional(
              "name",
              Type.TEXT,
              "What the file is for: a service, a unit, a subject. The path follows from it."),
          Parameter.optional("path", Type.PATH, "The file, instead of 'name'.").alias("dest"),
          Parameter.optional("dialect", Type.TEXT, "Who reads it.")
              .oneOf("profile.d", "env-file", "systemd", "environment")
              .defaultsTo("env-file"),
          Parameter.optional("mode", Type.MODE, "The file's permissions.").defaultsTo("0644"),
          Parameter.optional(
              "soc",
              Type.TEXT,
              "The processor that the job runs on, as 910b, 910_93, 310p, 950, A2 or ascend910b4: rules that differ between processors become sharp."),
          Parameter.optional(
                  "schema",
                  Type.FLAG,
                  "Whether the variables are held against the schema. Where not, that is told.")
              .defaultsTo(true),
          Parameter.optional(
              "unit",
              Type.TEXT,
              "The systemd unit that runs with it: where its process has other values a restart is needed, and that is told."),
          Parameter.optional(
              "process", Type.TEXT, "Instead of 'unit' the name of processes, as ps -o comm."));

  static final ModuleSpec SPEC =
      ModuleSpec.named("belay.builtin", "env")
          .summary("Sets environment variables for logins, containers and services.")
          .doc(
              "Each dialect is read by somebody else: profile.d by login shells only, env-file by docker --env-file and systemd's EnvironmentFile, systemd by one unit, environment (/etc/environment) by every session that PAM opens."
                  + " A value that a dialect cannot express is refused. Variables set for logins never reach containers or services."
                  + "\n\nWhat the file will say as a whole is held against the schema in [the reference of variables](../ascend-environment.md): what makes a job abort fails the task, in a check too; what may do harm is told. With neither variables nor state: absent the file is only looked at."
                  + "\n\nA file is ours as a whole, but for /etc/environment, whose other lines stay. A line that is no plain variable is never dropped silently: it fails the task. Members of a list in profile.d are put before what a login has already, so that nothing is lost.")
          .parameters(PLACE)
          .parameters(
              Parameter.optional("state", Type.TEXT, "absent takes the whole file away.")
                  .oneOf("present", "absent")
                  .defaultsTo("present"),
              Parameter.optional("set", Type.DICT, "Variables and their values."),
              Parameter.optional("absent", Type.LIST, "Variables that must not be in the file."),
              Parameter.optional(
                  "prepend",
                  Type.DICT,
                  "Members to put first in variables that are lists, once each."),
              Parameter.optional("append", Type.DICT, "Members to put last, once each."),
              Parameter.optional("remove", Type.DICT, "Members to take out."),
              Parameter.optional("separator", Type.TEXT, "What stands between members.")
                  .defaultsTo(":"))
          .example(
              "- env:\n    name: vllm\n    dialect: env-file\n    soc: 910b\n    set:\n      TASK_QUEUE_ENABLE: 1\n    absent: [PYTORCH_NPU_ALLOC_CONF]")
          .example(
              "- env:\n    name: vllm\n    dialect: systemd\n    unit: vllm.service\n    prepend:\n      LD_PRELOAD: [/usr/lib/aarch64-linux-gnu/libjemalloc.so.2]")
          .example("- env:\n    path: /etc/environment\n    dialect: environment")
          .result("path", "The file.")
          .result("variables", "What the file says, or would say.")
          .result("conflicts", "What makes a job abort, by the schema.")
          .result("risks", "What may do harm, by the schema.")
          .makes(EnvModule::of);

  private EnvModule() {}

  private static Env of(Args args) {
    EnvDialect dialect = EnvDialect.of(args.text("dialect"));
    ImmutableMap.Builder<String, String> set = ImmutableMap.builder();
    args.dict("set").forEach((name, value) -> set.put(variable(name), value(name, value, dialect)));
    List<ListEdit> edits = new ArrayList<>();
    for (ListEdit.Kind kind : ListEdit.Kind.values()) {
      args.dict(kind.name().toLowerCase(Locale.ROOT))
          .forEach(
              (name, members) ->
                  edits.add(edit(name, kind, members, args.text("separator"), dialect)));
    }
    args.texts("absent").forEach(EnvModule::variable);
    ImmutableMap<String, String> variables = set.buildOrThrow();
    boolean gone = args.text("state").equals("absent");
    if (gone && (dialect.isShared() || !variables.isEmpty() || !edits.isEmpty())) {
      throw new IllegalArgumentException(
          dialect.isShared()
              ? "/etc/environment is the system's: name the variables in 'absent' instead of state=absent"
              : "state=absent takes the whole file away, and no variables");
    }
    Env env = place(args, variables, args.texts("absent"), ImmutableList.copyOf(edits));
    return gone ? env.away() : env;
  }

  /** The resource in the place that the shared parameters name. */
  static Env place(
      Args args,
      ImmutableMap<String, String> set,
      ImmutableList<String> absent,
      ImmutableList<ListEdit> edits) {
    EnvDialect dialect = EnvDialect.of(args.text("dialect"));
    Optional<String> unit = args.textIfGiven("unit");
    if (unit.isPresent() && args.has("process")) {
      throw new IllegalArgumentException("only one of 'unit' and 'process' can be asked after");
    }
    return new Env(
        path(args, dialect),
        dialect,
        false,
        set,
        absent,
        edits,
        args.text("mode"),
        args.textIfGiven("soc").map(Soc::of).orElse(Soc.UNKNOWN),
        args.flag("schema"),
        unit.map(u -> checked(u, "a unit")).map(u -> u.contains(".") ? u : u + ".service"),
        args.textIfGiven("process").map(p -> checked(p, "a process")));
  }

  private static String path(Args args, EnvDialect dialect) {
    boolean needsOne = !dialect.isShared();
    if (args.has("name") && args.has("path")
        || needsOne && !args.has("name") && !args.has("path")) {
      throw new IllegalArgumentException("it needs one of 'name' and 'path'");
    }
    String name = args.textIfGiven("name").map(n -> checked(n, "a file")).orElse("");
    return args.textIfGiven("path").map(Paths::absolute).orElseGet(() -> dialect.path(name));
  }

  private static String checked(String name, String what) {
    if (!name.matches("[A-Za-z0-9@_.:-]+") || name.startsWith("-") || name.startsWith(".")) {
      throw new IllegalArgumentException("'" + name + "' is no name for " + what);
    }
    return name;
  }

  private static String variable(String name) {
    if (!EnvDialect.NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name for an environment variable");
    }
    return name;
  }

  private static String value(String name, Object value, EnvDialect dialect) {
    String text = Convert.text(value);
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new IllegalArgumentException(
          "the value of " + name + " holds a control character, which no file of variables can");
    }
    dialect.line(name, text);
    return text;
  }

  private static ListEdit edit(
      String name, ListEdit.Kind kind, Object members, String separator, EnvDialect dialect) {
    List<?> list = members instanceof List<?> many ? many : List.of(members);
    ImmutableList.Builder<String> texts = ImmutableList.builder();
    list.forEach(member -> texts.add(value(name, member, dialect)));
    ImmutableList<String> all = texts.build();
    if (separator.isEmpty() || all.stream().anyMatch(m -> m.isEmpty() || m.contains(separator))) {
      throw new IllegalArgumentException(
          "a member of " + name + " is empty or holds the separator; name each member on its own");
    }
    return new ListEdit(variable(name), kind, all, separator);
  }
}
