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
import dev.belay.value.None;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A host's key in a file of known hosts. */
record KnownHostsModule(
    String host, Optional<String> line, String path, Accounts.State state, boolean hashes)
    implements Resource<LocatedText> {

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "known_hosts")
          .summary("Keeps a host's key in a file of known hosts, or out of it.")
          .doc(
              "For each type of key a host has one line: a line with another key of the same type is replaced. Hashed names are understood. Nothing of OpenSSH is needed on the host, and no copy '.old' is left beside the file. The folder of the file must be there.")
          .parameters(
              Parameter.required(
                      "name",
                      Type.TEXT,
                      "The host, in the form that the key's line has: [name]:port where the port is not 22.")
                  .alias("host"),
              Parameter.optional(
                  "key",
                  Type.TEXT,
                  "The whole line: name, type and key. Without it 'absent' removes all lines of the host."),
              Parameter.optional("path", Type.PATH, "The file; ~/ is the home of the task's user.")
                  .defaultsTo("~/.ssh/known_hosts"),
              Parameter.optional("hash_host", Type.FLAG, "Whether the name is stored as a hash.")
                  .defaultsTo(false),
              Parameter.optional("state", Type.TEXT, "Whether the key is to be there.")
                  .oneOf("absent", "present")
                  .defaultsTo("present"))
          .example(
              "- known_hosts:\n    name: git.example.org\n    key: git.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBqsgf93ANXVTZlpZ3nUkXJ1DY5Ufa6pKeVFWq3tKqHV\n    path: /etc/ssh/ssh_known_hosts")
          .result("name", "The host.")
          .result("key", "The line, as it is stored.")
          .result("path", "The file.")
          .result("diff", "The text before and after.")
          .makes(KnownHostsModule::of);

  private static KnownHostsModule of(Args args) {
    String host = args.text("name").toLowerCase(Locale.ROOT);
    Accounts.State state = Accounts.State.of(args.text("state"));
    Optional<String> given = args.textIfGiven("key").map(String::strip).filter(k -> !k.isEmpty());
    if (state == Accounts.State.PRESENT && given.isEmpty()) {
      throw new IllegalArgumentException("No key specified when adding a host");
    } else if (host.indexOf(',') >= 0) {
      throw new IllegalArgumentException(
          "Comma separated list of names is not supported. Please pass a single name to lookup in the known_hosts file.");
    }
    boolean hashes = args.flag("hash_host");
    Optional<String> line = given.map(text -> hashes ? KnownHost.hashed(text, host) : text);
    line.ifPresent(text -> check(text, host));
    return new KnownHostsModule(host, line, args.text("path"), state, hashes);
  }

  private static void check(String line, String host) {
    if (line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("'key' is one line; use a loop for several");
    } else if (KnownHost.of(line).filter(known -> known.isOf(host)).isEmpty()) {
      throw new IllegalArgumentException(
          "Host parameter does not match hashed host field in supplied key");
    }
  }

  @Override
  public Probe<LocatedText> probe() {
    return LocatedText.probe(LocatedText.atHome(path));
  }

  @Override
  public Plan plan(LocatedText seen) {
    if (!seen.isReadable()) {
      return Plan.impossible(seen.path() + " is no file that can be read as one");
    }
    String after = edited(seen.bytes().text());
    if (after.equals(seen.bytes().text())) {
      return Plan.satisfied();
    } else if (!seen.folderIsThere()) {
      return Plan.lacking("there is no folder " + Paths.parent(seen.path()));
    }
    FileBytes bytes = FileBytes.of(after);
    Step put =
        new Step.Put(
            new Step.Source.Here(bytes.content()),
            seen.path(),
            Attributes.unchanged(),
            Precautions.none());
    return Plan.of(new Change(seen.path(), seen.before(), bytes.shown(), ImmutableList.of(put)));
  }

  private String edited(String text) {
    List<String> lines = new ArrayList<>(Splitter.on('\n').splitToList(text));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    List<String> kept = line.map(own -> edited(lines, own)).orElseGet(() -> without(lines));
    return kept.equals(lines) ? text : kept.isEmpty() ? "" : String.join("\n", kept) + "\n";
  }

  /** All lines of the host go, but for those that say whom not to trust, and whom to ask. */
  private List<String> without(List<String> lines) {
    return lines.stream()
        .filter(
            text ->
                KnownHost.of(text)
                    .filter(known -> known.isOf(host) && known.marker().isEmpty())
                    .isEmpty())
        .toList();
  }

  /** The first line of the host that has the key, or another of its type, decides. */
  private List<String> edited(List<String> lines, String own) {
    KnownHost wanted = KnownHost.of(own).orElseThrow();
    List<String> kept = new ArrayList<>(lines);
    for (int i = 0; i < lines.size(); i++) {
      Optional<KnownHost> known = KnownHost.of(lines.get(i)).filter(line -> line.isOf(host));
      if (known.isPresent() && known.get().type().equals(wanted.type())) {
        if (state == Accounts.State.PRESENT && known.get().isSame(wanted)) {
          return lines;
        }
        kept.remove(i);
        break;
      }
    }
    if (state == Accounts.State.PRESENT) {
      kept.add(own);
    }
    return kept;
  }

  @Override
  public ImmutableMap<String, Object> result(LocatedText seen) {
    return resultOfChange(seen, seen);
  }

  @Override
  public ImmutableMap<String, Object> resultOfChange(LocatedText before, LocatedText seen) {
    return ImmutableMap.<String, Object>builder()
        .putAll(seen.seen().isAbsent() ? ImmutableMap.of() : seen.seen().result())
        .put("name", host)
        .put("key", line.map(text -> (Object) (text + "\n")).orElse(None.NONE))
        .put("path", seen.path())
        .put("hash_host", hashes)
        .put("state", seen.seen().isAbsent() ? state.word() : seen.seen().result().get("state"))
        .put("diff", diff(before))
        .buildKeepingLast();
  }

  private ImmutableMap<String, Object> diff(LocatedText before) {
    if (!before.isReadable()) {
      return ImmutableMap.of();
    }
    boolean absent = before.reading() == TextFile.Reading.ABSENT;
    String text = before.bytes().text();
    return ImmutableMap.of(
        "before_header",
        absent ? "/dev/null" : before.path(),
        "after_header",
        before.path(),
        "before",
        before.bytes().shown(),
        "after",
        FileBytes.of(edited(text)).shown());
  }
}
