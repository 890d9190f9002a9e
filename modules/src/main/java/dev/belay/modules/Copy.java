package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Content;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.module.Type;
import dev.belay.shell.Sh;
import dev.belay.value.None;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file on the host that has the bytes of one here. */
record Copy(Content content, String dest, Attributes attributes, boolean force)
    implements Resource<Copy.Seen> {
  /** In bytes. Of larger files a diff shows the checksum. */
  private static final long DIFF_LIMIT = 16 * 1024;

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "copy")
          .summary("Copies a file, or a text, to the host.")
          .doc(
              "Folders as 'src', 'remote_src', 'backup' and 'validate' are not supported yet and refused.")
          .parameters(
              Parameter.optional(
                  "src",
                  Type.CONTENT,
                  "A file here: beside the playbook, or in its folder 'files'."),
              Parameter.optional(
                  "content",
                  Type.ANY,
                  "The text itself, instead of 'src'; a list or mapping becomes JSON."),
              Parameter.required(
                  "dest", Type.PATH, "Where to; with '/' at its end the folder to put it in."),
              Parameter.optional(
                      "force", Type.FLAG, "Whether a file that is there and differs is replaced.")
                  .defaultsTo(true))
          .parameters(FileParameters.ATTRIBUTES)
          .example(
              "- copy:\n    content: \"tuned by belay\\n\"\n    dest: /etc/motd\n    mode: '0644'")
          .result("dest", "Where it is.")
          .result("checksum", "Its SHA-1.")
          .result("size", "In bytes.")
          .makes(Copy::of);

  /** What is there, its checksum, and its text where it is small. */
  record Seen(PathSeen path, String checksum, String text) {}

  private static Copy of(Args args) {
    if (args.has("src") == args.has("content")) {
      throw new IllegalArgumentException("'copy' needs one of 'src' and 'content'");
    }
    Content content =
        args.content("src").orElseGet(() -> Content.of(text(args.any("content").orElse(""))));
    String dest = args.text("dest");
    if (dest.endsWith("/") && args.has("content")) {
      throw new IllegalArgumentException("'dest' must name the file, where 'content' is given");
    }
    String path = dest.endsWith("/") ? dest + Paths.name(content.name()) : dest;
    if (args.textIfGiven("mode").filter("preserve"::equals).isPresent()) {
      throw new IllegalArgumentException("mode=preserve is not supported; write the mode");
    }
    return new Copy(content, Paths.absolute(path), args.attributes(), args.flag("force"));
  }

  private static String text(Object value) {
    if (value instanceof Map || value instanceof List) {
      return dev.belay.template.Json.write(value);
    }
    return value == None.NONE ? "" : value.toString();
  }

  @Override
  public Probe<Seen> probe() {
    Sh sum = Sh.of("if [ -f {} ] && [ ! -L {} ]; then sha1sum < {}; fi", dest, dest, dest);
    Sh small =
        Sh.of(
            "if [ -f {} ] && [ \"$(wc -c < {})\" -le {} ]; then cat -- {}; fi",
            dest,
            dest,
            DIFF_LIMIT,
            dest);
    Probe<String> text =
        content.size() <= DIFF_LIMIT ? Probe.of(small, output -> output.out()) : Probe.nothing("");
    return PathSeen.at(dest)
        .and(
            Probe.of(sum, output -> output.out().replaceFirst("\\s.*", "").strip()),
            (path, s) -> new Seen(path, s, ""))
        .and(text, (seen, t) -> new Seen(seen.path, seen.checksum, t));
  }

  @Override
  public Plan plan(Seen seen) {
    if (seen.path.is(PathSeen.Kind.DIRECTORY)) {
      return Plan.impossible(dest + " is a directory; end 'dest' with '/' to put the file inside");
    } else if (seen.path.is(PathSeen.Kind.UNREADABLE)) {
      return Plan.unverifiable(dest + " cannot be looked at: " + seen.path.target());
    } else if (!force && !seen.path.isAbsent()) {
      return Plan.satisfied();
    }
    if (seen.path.is(PathSeen.Kind.FILE) && seen.checksum.equals(sha1())) {
      List<Sh> commands = seen.path.corrections(attributes, dest);
      return commands.isEmpty()
          ? Plan.satisfied()
          : Plan.of(
              Change.run(
                  dest, seen.path.attributes(), seen.path.with(attributes), Sh.all(commands)));
    }
    return Plan.of(
        new Change(
            dest,
            before(seen),
            after(),
            ImmutableList.of(new Step.Put(content, dest, attributes))));
  }

  private String sha1() {
    // The checksum that Ansible's results have. It guards against nothing here: both ends are ours.
    @SuppressWarnings("deprecation")
    String sum = content.checksum(Hashing.sha1());
    return sum;
  }

  private String before(Seen seen) {
    if (seen.path.isAbsent()) {
      return Change.ABSENT;
    }
    return shows(seen.path.size(), seen.text)
        ? seen.text
        : seen.path.kind().word() + " of " + seen.path.size() + " bytes, sha1 " + seen.checksum;
  }

  private String after() {
    Optional<String> text =
        content.size() <= DIFF_LIMIT ? Optional.of(content.text()) : Optional.empty();
    return text.filter(t -> shows(content.size(), t))
        .orElseGet(() -> "file of " + content.size() + " bytes, sha1 " + sha1());
  }

  private static boolean shows(long size, String text) {
    return size <= DIFF_LIMIT
        && text.getBytes(StandardCharsets.UTF_8).length == size
        && text.indexOf('\0') < 0
        && text.indexOf('\uFFFD') < 0;
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return ImmutableMap.<String, Object>builder()
        .putAll(seen.path.result())
        .put("dest", dest)
        .put("checksum", sha1())
        .put("size", content.size())
        .buildKeepingLast();
  }
}
