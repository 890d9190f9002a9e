package dev.belay.modules;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;

/** Reads a file of the host, whatever bytes it has; changes nothing. */
record Slurp(String source) implements Resource<Output> {
  /** In bytes: what base64 makes of it still fits into an answer. */
  private static final long LIMIT = 8L * 1024 * 1024;

  private static final int ABSENT = 3;
  private static final int FOLDER = 5;
  private static final int TOO_LARGE = 6;
  private static final int NO_FILE = 7;

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "slurp")
          .summary("Reads a file of the host.")
          .doc(
              "The bytes come in base64; 'b64decode' makes a text of them. A file of more than 8 MiB is refused: fetch it.")
          .parameters(Parameter.required("src", Type.PATH, "The file.").alias("path"))
          .example("- slurp:\n    src: /etc/hccn.conf\n  register: hccn")
          .result("content", "The bytes, in base64.")
          .result("encoding", "base64.")
          .result("source", "The file.")
          .makes(args -> new Slurp(Paths.onHost(args.text("src"))));

  @Override
  public Probe<Output> probe() {
    return Probe.of(
        Sh.of(
            "p={}; if [ -d \"$p\" ]; then exit {}; elif [ ! -e \"$p\" ]; then exit {}; elif [ -p \"$p\" ] || [ -S \"$p\" ]; then exit {}; elif [ \"$(head -c {} -- \"$p\" | wc -c)\" -gt {} ]; then exit {}; fi; base64 < \"$p\"",
            source,
            FOLDER,
            ABSENT,
            NO_FILE,
            LIMIT + 1,
            LIMIT,
            TOO_LARGE),
        output -> output);
  }

  @Override
  public Plan plan(Output seen) {
    return switch (seen.status()) {
      case 0 -> seen.cut() > 0 ? Plan.impossible(source + " is too large") : Plan.satisfied();
      case ABSENT -> Plan.lacking("file not found: " + source);
      case FOLDER -> Plan.impossible("source is a directory and must be a file: " + source);
      case NO_FILE -> Plan.impossible("source is no file: " + source);
      case TOO_LARGE ->
          Plan.impossible(source + " has more than " + LIMIT + " bytes; fetch it as a file");
      default -> Plan.impossible("file is not readable: " + source);
    };
  }

  @Override
  public ImmutableMap<String, Object> result(Output seen) {
    return seen.succeeded()
        ? ImmutableMap.of(
            "content",
            CharMatcher.whitespace().removeFrom(seen.out()),
            "encoding",
            "base64",
            "source",
            Paths.shown(source))
        : ImmutableMap.of();
  }
}
