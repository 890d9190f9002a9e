package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Step.ByEngine;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A pause of the play: for a time, or until the operator says something. */
record Pause(Optional<Duration> time, Unit unit, Optional<String> prompt, ByEngine.Echo echo)
    implements Resource<Boolean> {

  /** In what the time is told. */
  private enum Unit {
    MINUTES(60),
    SECONDS(1);

    private final long seconds;

    Unit(long seconds) {
      this.seconds = seconds;
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "pause")
          .summary("Pauses the play, for a time or until the operator goes on.")
          .doc(
              "It is done once for all hosts of the play, as with 'run_once'. Without a time it waits for a line on standard input; where that is no terminal it goes on at once, with a warning. "
                  + "Ctrl-C during a pause ends the run: it cannot be shortened. A check does not pause.")
          .pace(ModuleSpec.Pace.ONCE)
          .parameters(
              Parameter.optional("minutes", Type.NUMBER, "Whole minutes to wait; or 'seconds'."),
              Parameter.optional(
                  "seconds", Type.NUMBER, "Whole seconds to wait; less than 1 is 1."),
              Parameter.optional("prompt", Type.SCALAR, "What the operator is told."),
              Parameter.optional("echo", Type.FLAG, "Whether what the operator types is shown.")
                  .defaultsTo(true))
          .example("- pause:\n    seconds: 2")
          .example("- pause:\n    prompt: Move the cable, then press enter\n  register: answer")
          .result("user_input", "What the operator typed.")
          .result("delta", "Seconds that it took.")
          .result("start", "When it began.")
          .result("stop", "When it ended.")
          .result("stdout", "How long it took, in words.")
          .result("echo", "Whether what was typed was shown.")
          .makes(Pause::of);

  private static Pause of(Args args) {
    if (args.has("minutes") && args.has("seconds")) {
      throw new IllegalArgumentException("parameters are mutually exclusive: minutes|seconds");
    }
    Unit unit = args.has("seconds") ? Unit.SECONDS : Unit.MINUTES;
    Optional<Duration> time =
        Optional.of(unit == Unit.SECONDS ? "seconds" : "minutes")
            .filter(args::has)
            .map(name -> (long) args.number(name) * unit.seconds)
            .map(seconds -> Duration.ofSeconds(Math.max(1, seconds)));
    return new Pause(
        time,
        unit,
        args.textIfGiven("prompt").filter(text -> !text.isEmpty()),
        args.flag("echo") ? ByEngine.Echo.SHOWN : ByEngine.Echo.HIDDEN);
  }

  @Override
  public Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  @Override
  public Plan plan(Boolean seen) {
    String what = time.map(t -> t.toSeconds() + " s").orElse("until the operator goes on");
    return Plan.errand(
        new Change(
            "a pause",
            "(not done)",
            what,
            ImmutableList.of(new ByEngine.Pause(time, prompt, echo))),
        this::acted);
  }

  private Acted acted(Output output) {
    List<String> lines = output.lines();
    long millis = Long.parseLong(lines.get(2));
    ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
    values.put("start", lines.get(0)).put("stop", lines.get(1)).put("delta", millis / 1000);
    values.put("rc", 0L).put("stderr", "").put("echo", echo == ByEngine.Echo.SHOWN);
    values.put("user_input", String.join("\n", lines.subList(3, lines.size())));
    values.put("stdout", "Paused for " + shown(millis) + " " + unit.word());
    return new Acted(
        values.buildOrThrow(), Optional.empty(), Acted.Effect.UNCHANGED, ImmutableList.of());
  }

  /** Two digits behind the point, and as few as Python writes. */
  private String shown(long millis) {
    BigDecimal rounded =
        BigDecimal.valueOf(millis)
            .divide(BigDecimal.valueOf(1000 * unit.seconds), 2, RoundingMode.HALF_EVEN);
    return String.valueOf(rounded.doubleValue());
  }
}
