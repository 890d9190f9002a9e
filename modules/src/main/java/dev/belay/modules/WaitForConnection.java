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
import java.time.Duration;
import java.util.Optional;

/** A wait until the host can be reached. */
record WaitForConnection(Duration delay, ByEngine.Patience patience) implements Resource<Boolean> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "wait_for_connection")
          .summary("Waits until the host can be reached.")
          .doc(
              "Reached means: logged in, became the task's user, ran a shell. A connection that is open is closed first. A check does not wait. Use it with 'gather_facts: false', for else the play needs the host before.")
          .pace(ModuleSpec.Pace.ALONE)
          .parameters(
              Parameter.optional("delay", Type.INTEGER, "Seconds before the first try.")
                  .defaultsTo(0L),
              Parameter.optional("connect_timeout", Type.INTEGER, "Seconds that a try may take.")
                  .defaultsTo(5L),
              Parameter.optional("sleep", Type.INTEGER, "Seconds between two tries.")
                  .defaultsTo(1L),
              Parameter.optional("timeout", Type.INTEGER, "Seconds after which the wait fails.")
                  .defaultsTo(600L))
          .example("- wait_for_connection:\n    timeout: 300")
          .result("elapsed", "Seconds that it took.")
          .makes(WaitForConnection::of);

  private static WaitForConnection of(Args args) {
    return new WaitForConnection(
        seconds(args, "delay"),
        new ByEngine.Patience(
            Optional.of(seconds(args, "connect_timeout")).filter(time -> !time.isZero()),
            seconds(args, "sleep"),
            seconds(args, "timeout")));
  }

  private static Duration seconds(Args args, String name) {
    if (args.integer(name) < 0) {
      throw new IllegalArgumentException("'" + name + "' must not be below 0");
    }
    return Duration.ofSeconds(args.integer(name));
  }

  @Override
  public Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  @Override
  public Plan plan(Boolean seen) {
    return Plan.errand(
        new Change(
            "a wait for the host",
            "(not done)",
            "reached",
            ImmutableList.of(new ByEngine.Await(delay, patience))),
        WaitForConnection::acted);
  }

  private static Acted acted(Output output) {
    return new Acted(
        ImmutableMap.of("elapsed", elapsed(output)),
        output.succeeded()
            ? Optional.empty()
            : Optional.of("timed out waiting for ping module test: " + output.err().strip()),
        Acted.Effect.UNCHANGED,
        ImmutableList.of());
  }

  /** The first line of what a wait says. */
  static long elapsed(Output output) {
    return Long.parseLong(output.lines().get(0));
  }
}
