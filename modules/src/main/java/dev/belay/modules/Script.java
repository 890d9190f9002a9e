package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.Content;
import dev.belay.module.ControlFile;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.module.Type;
import dev.belay.shell.Sh;
import java.util.List;
import java.util.Optional;

/**
 * Runs a script of the control side on the host.
 *
 * @param line what the shell reads: the script's place, and what the user wrote behind it
 */
record Script(
    Content content,
    String name,
    String line,
    String shown,
    Optional<String> chdir,
    Optional<String> creates,
    Optional<String> removes)
    implements Resource<Script.Seen> {

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "script")
          .summary("Runs a script of the control side on the host.")
          .doc(
              "The script is in a folder of its own under the host's folder for such files while it runs, where only its user can read it, and is gone afterwards. Where that folder is mounted 'noexec', name what reads the script as 'executable'. "
                  + "What stands behind the script's name is read by the host's shell, as with 'shell'. "
                  + "A check skips it, as it is not known whether it would change anything; with 'creates' or 'removes' it says that it would run. "
                  + "The output is told with the empty lines at its end, standard error apart from standard output over any connection.")
          .freeForm("cmd")
          .parameters(
              Parameter.required(
                  "cmd",
                  Type.CONTROL,
                  "The script here, beside the playbook or in its folder 'files', and its arguments."),
              Parameter.optional(
                  "creates", Type.PATH, "A path; where it exists, the task is skipped."),
              Parameter.optional(
                  "removes", Type.PATH, "A path; where it does not exist, the task is skipped."),
              Parameter.optional(
                  "chdir", Type.PATH, "The folder on the host to run it in; an absolute path."),
              Parameter.optional(
                  "executable", Type.SCALAR, "The program that reads the script, and its options."),
              FileParameters.DECRYPT)
          .example("- script: collect-npu-logs.sh --since yesterday")
          .example(
              "- script:\n    cmd: install.py --prefix /opt/tool\n    executable: python3\n    creates: /opt/tool")
          .result("rc", "The exit status.")
          .result("stdout", "Standard output.")
          .result("stderr", "Standard error.")
          .result("stdout_lines", "Standard output as a list of lines.")
          .result("stderr_lines", "Standard error as a list of lines.")
          .makes(Script::of);

  /** Whether the paths that decide are there. */
  record Seen(boolean created, boolean removed) {}

  private static Script of(Args args) {
    ControlFile source = args.control("cmd").orElseThrow();
    String line = source.name().strip();
    List<String> words = ShellWords.split(line);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("no script given");
    }
    args.textIfGiven("chdir").filter(path -> !path.startsWith("/")).ifPresent(Script::refuse);
    if (!(source.called(words.get(0)).find(ControlFile.Links.FOLLOWED)
        instanceof ControlFile.Found.File file)) {
      throw new IllegalArgumentException("'" + words.get(0) + "' is a folder, not a script");
    }
    return new Script(
        file.content(),
        Paths.name(file.path()),
        args.textIfGiven("executable").map(program -> program + " ").orElse("")
            + "\"$0\""
            + line.substring(firstWord(line)),
        line,
        args.textIfGiven("chdir"),
        args.textIfGiven("creates"),
        args.textIfGiven("removes"));
  }

  private static void refuse(String chdir) {
    throw new IllegalArgumentException(
        "chdir " + chdir + " must be an absolute path for a Unix-aware remote node");
  }

  /** Where the first word of the line ends, quotes and all. */
  private static int firstWord(String line) {
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        return i;
      } else if (c == '\\' && quote != '\'') {
        i++;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
    }
    return line.length();
  }

  @Override
  public Probe<Seen> probe() {
    if (creates.isEmpty() && removes.isEmpty()) {
      return Probe.nothing(new Seen(false, true));
    }
    return Probe.of(
        Sh.of(
            "for p in {} {}; do if [ -e \"$p\" ]; then echo y; else echo n; fi; done",
            creates.orElse(""),
            removes.orElse("")),
        output ->
            new Seen(
                creates.isPresent() && output.lines().get(0).equals("y"),
                removes.isEmpty() || output.lines().get(1).equals("y")));
  }

  @Override
  public Plan plan(Seen seen) {
    if (seen.created) {
      return Plan.skipped(creates.orElseThrow() + " exists, matching creates option");
    } else if (!seen.removed) {
      return Plan.skipped(removes.orElseThrow() + " does not exist, matching removes option");
    }
    Sh run = Sh.of("/bin/sh -c {} \"$file\"", line);
    Sh there = chdir.map(dir -> Sh.of("cd -- {} && {}", dir, run)).orElse(run);
    Change change =
        new Change(
            "script", "(not run)", shown, ImmutableList.of(new Step.Carry(content, name, there)));
    boolean decides = creates.isPresent() || removes.isPresent();
    return decides ? Plan.act(change, Raw::acted) : Plan.errand(change, Raw::acted);
  }
}
