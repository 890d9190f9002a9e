package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Readable;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.Optional;

/** Runs a command line as it is: what {@code shell} is without anything around it. */
record Raw(String line, String executable) implements Resource<Boolean>, Readable {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "raw")
          .summary("Runs a command line as it is.")
          .doc(
              "There is nothing on the host that it could need, so 'shell' can do all that it does; it is here for Ansible's files. The output is told with the empty lines at its end. A check skips it, as Ansible does; with 'changed_when: false' and 'check_mode: false' on the task it counts as a question and is asked in a check too.")
          .freeForm("free_form")
          .parameters(
              Parameter.required("free_form", Type.SCALAR, "The command line."),
              Parameter.optional("executable", Type.PATH, "Another shell than /bin/sh."))
          .example("- raw: uname -m\n  changed_when: false\n  check_mode: false")
          .result("rc", "The exit status.")
          .result("stdout", "Standard output.")
          .result("stderr", "Standard error.")
          .result("stdout_lines", "Standard output as a list of lines.")
          .result("stderr_lines", "Standard error as a list of lines.")
          .makes(Raw::of);

  private static Raw of(Args args) {
    return new Raw(args.text("free_form"), args.textIfGiven("executable").orElse("/bin/sh"));
  }

  private Sh command() {
    return Sh.of("{} -c {}", executable, line);
  }

  @Override
  public Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  @Override
  public Plan plan(Boolean seen) {
    return Plan.errand(Change.run("command", "(not run)", line, command()), Raw::acted);
  }

  /** What a command line came to, which always counts as a change. */
  static Acted acted(Output output) {
    return new Acted(
        values(output),
        output.succeeded() ? Optional.empty() : Optional.of("non-zero return code"));
  }

  static ImmutableMap<String, Object> values(Output output) {
    return ImmutableMap.of(
        "rc",
        (long) output.status(),
        "stdout",
        output.out(),
        "stderr",
        output.err(),
        "stdout_lines",
        output.lines(),
        "stderr_lines",
        Output.lines(output.err()),
        "changed",
        true);
  }

  @Override
  public Resource<Output> asQuestion() {
    Sh question = command();
    return new Resource<>() {
      @Override
      public Probe<Output> probe() {
        return Probe.of(question, output -> output);
      }

      @Override
      public Plan plan(Output seen) {
        return seen.succeeded() ? Plan.satisfied() : Plan.impossible("non-zero return code");
      }

      @Override
      public ImmutableMap<String, Object> result(Output seen) {
        return values(seen);
      }
    };
  }
}
