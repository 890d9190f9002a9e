package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Precautions;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import dev.belay.value.None;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys by which one may log in as a user. */
record AuthorizedKey(
    String user,
    String text,
    ImmutableList<AuthorizedKeys.Key> keys,
    Wanted wanted,
    Optional<String> path,
    boolean follows,
    boolean managesFolder)
    implements Resource<AuthorizedKey.Seen> {

  /** What is to become of the keys. */
  private enum Wanted {
    THERE,
    NOTHING_ELSE,
    GONE
  }

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.posix", "authorized_key")
          .summary("Keeps SSH keys that may log in as a user, or takes them away.")
          .doc(
              "A key is told from others by the key itself: one that is there with other options or another comment is replaced, behind all others. Lines that stay are left as they are, byte for byte. "
                  + "A file that is written gets the user as its owner and mode 0600; with 'manage_dir' its folder the user and 0700, unless it is a link, which its user could lead anywhere. "
                  + "A URL as 'key' is refused, and so is 'validate_certs': fetch it with the lookup 'url' or keep it in a file.")
          .parameters(
              Parameter.required("user", Type.TEXT, "Whose login it is."),
              Parameter.required(
                  "key",
                  Type.TEXT,
                  "The public key, as in its file; several lines are several keys. Lines that begin with '#' are left out."),
              Parameter.optional("state", Type.TEXT, "Whether the keys are to be there.")
                  .oneOf("absent", "present")
                  .defaultsTo("present"),
              Parameter.optional(
                      "exclusive",
                      Type.FLAG,
                      "Whether all other lines of the file go. In a loop only the last key would stay.")
                  .defaultsTo(false),
              Parameter.optional(
                  "key_options", Type.TEXT, "Options in front of the key, instead of its own."),
              Parameter.optional(
                  "comment", Type.TEXT, "The comment behind the key, instead of its own."),
              Parameter.optional(
                  "path", Type.PATH, "The file; without it the user's ~/.ssh/authorized_keys."),
              Parameter.optional(
                      "manage_dir",
                      Type.FLAG,
                      "Whether the file's folder is made and given to the user. Use false with a 'path' in a folder that others need.")
                  .defaultsTo(true),
              Parameter.optional("follow", Type.FLAG, "Whether a link in the file's place stays.")
                  .defaultsTo(false))
          .example(
              "- authorized_key:\n    user: root\n    key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBqsgf93ANXVTZlpZ3nUkXJ1DY5Ufa6pKeVFWq3tKqHV ops@example.org\n    key_options: no-port-forwarding,from=\"10.0.0.0/8\"")
          .result("keyfile", "The file.")
          .result("user", "The user.")
          .result("key", "The keys, as given.")
          .makes(AuthorizedKey::of);

  /** The user, if there is one, and the file. */
  record Seen(Optional<Owner> owner, boolean folderIsLink, LocatedText file) {}

  record Owner(String uid, String gid) {}

  private static AuthorizedKey of(Args args) {
    String text = args.text("key");
    if (text.startsWith("http://") || text.startsWith("https://")) {
      throw new IllegalArgumentException(
          "a URL as 'key' is not supported: keep the key in a file, and use lookup('file', …)");
    }
    boolean absent = args.text("state").equals("absent");
    Wanted present = args.flag("exclusive") ? Wanted.NOTHING_ELSE : Wanted.THERE;
    return new AuthorizedKey(
        Accounts.name(args.text("user")),
        text,
        keys(args, text),
        absent ? Wanted.GONE : present,
        args.textIfGiven("path").map(Paths::absolute),
        args.flag("follow"),
        args.flag("manage_dir"));
  }

  private static ImmutableList<AuthorizedKeys.Key> keys(Args args, String text) {
    Optional<String> options = args.textIfGiven("key_options");
    Optional<String> comment = args.textIfGiven("comment");
    for (String given : List.of(options.orElse(""), comment.orElse(""))) {
      if (given.indexOf('\n') >= 0 || given.indexOf('\r') >= 0) {
        throw new IllegalArgumentException("'key_options' and 'comment' must be one line");
      }
    }
    Map<String, AuthorizedKeys.Key> keys = new LinkedHashMap<>();
    for (String line : Splitter.onPattern("\r?\n|\r").omitEmptyStrings().split(text)) {
      if (!line.startsWith("#")) {
        AuthorizedKeys.Key key =
            AuthorizedKeys.Key.of(line)
                .orElseThrow(() -> new IllegalArgumentException("invalid key specified: " + line))
                .with(options, comment);
        keys.put(key.blob(), key);
      }
    }
    return ImmutableList.copyOf(keys.values());
  }

  private Sh located() {
    Sh file =
        path.map(given -> Sh.of("p={}", given))
            .orElseGet(
                () ->
                    Sh.of(
                        "e=$(getent passwd -- {}); e=${e#*:*:*:*:*:}; p=${e%%:*}/.ssh/authorized_keys",
                        user));
    return follows
        ? Sh.of("{}; if [ -L \"$p\" ]; then p=$(readlink -f -- \"$p\"); fi", file)
        : file;
  }

  @Override
  public Probe<Seen> probe() {
    Sh who =
        Sh.of(
            "getent passwd -- {} || echo; {}; d=${p%/*}; if [ -L \"$d\" ]; then echo link; fi",
            user, located());
    return Probe.of(who, output -> output)
        .and(
            LocatedText.probe(located()),
            (told, file) -> new Seen(owner(told), told.out().endsWith("\nlink\n"), file));
  }

  private Optional<Owner> owner(Output output) {
    List<String> fields = Splitter.on(':').splitToList(output.out());
    return fields.size() > 6 && fields.get(0).equals(user)
        ? Optional.of(new Owner(fields.get(2), fields.get(3)))
        : Optional.empty();
  }

  @Override
  public Plan plan(Seen seen) {
    if (seen.owner.isEmpty()) {
      return Plan.lacking("Failed to lookup user " + user + ": there is none of that name");
    } else if (!seen.file.isReadable()) {
      return Plan.impossible(seen.file.path() + " is no file that can be read as one");
    }
    List<String> lines = lines(seen.file.bytes().text());
    List<String> after =
        switch (wanted) {
          case THERE -> AuthorizedKeys.with(lines, keys);
          case NOTHING_ELSE -> AuthorizedKeys.only(lines, keys);
          case GONE -> AuthorizedKeys.without(lines, keys);
        };
    return after.equals(lines) ? Plan.satisfied() : written(seen, after);
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(Splitter.on('\n').splitToList(text));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  private Plan written(Seen seen, List<String> lines) {
    Owner owner = seen.owner.orElseThrow();
    FileBytes bytes = FileBytes.of(lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    String folder = Paths.parent(seen.file.path());
    if (managesFolder && !seen.folderIsLink) {
      steps.add(
          new Step.Run(
              Sh.of(
                  "d={}; { [ -d \"$d\" ] || mkdir -m 0700 -- \"$d\"; } && chown -h -- {} \"$d\" && chmod 0700 -- \"$d\"",
                  folder,
                  owner.uid + ":" + owner.gid)));
    } else if (!seen.file.folderIsThere()) {
      steps.add(new Step.Run(Sh.of("mkdir -p -- {}", folder)));
    }
    Attributes attributes =
        new Attributes(Optional.of("0600"), Optional.of(owner.uid), Optional.of(owner.gid));
    steps.add(
        new Step.Put(
            new Step.Source.Here(bytes.content()),
            seen.file.path(),
            attributes,
            Precautions.none()));
    return Plan.of(new Change(seen.file.path(), seen.file.before(), bytes.shown(), steps.build()));
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return ImmutableMap.of(
        "keyfile",
        seen.file.path(),
        "user",
        user,
        "key",
        text,
        "state",
        wanted == Wanted.GONE ? "absent" : "present",
        "exclusive",
        wanted == Wanted.NOTHING_ELSE,
        "manage_dir",
        managesFolder,
        "follow",
        follows,
        "path",
        path.map(Object.class::cast).orElse(None.NONE));
  }
}
