package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Change;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The changes that a unit, or systemd itself, needs. */
final class UnitEdit {
  private UnitEdit() {}

  /** What systemd has to know anew. */
  static List<Change> ofManager(UnitWanted wanted, UnitSeen seen) {
    List<Change> changes = new ArrayList<>();
    boolean unseen = wanted.unit().isPresent() && !seen.isFound() && seen.is(UnitSeen.Flag.RUNS);
    if (wanted.is(UnitWanted.How.RELOAD) && (seen.is(UnitSeen.Flag.RELOAD_DUE) || unseen)) {
      changes.add(
          Change.run(
              "systemd", "unit files changed", "reloaded", Sh.of("systemctl daemon-reload")));
    }
    if (wanted.is(UnitWanted.How.REEXEC) && seen.is(UnitSeen.Flag.REEXEC_DUE)) {
      changes.add(
          Change.run(
              "systemd",
              "its program was replaced",
              "executed anew",
              Sh.of("systemctl daemon-reexec")));
    }
    return changes;
  }

  /** What is kept in files: masks and links. */
  static List<Change> ofFiles(UnitWanted wanted, UnitSeen seen) {
    String unit = wanted.unit().orElseThrow();
    List<Change> changes = new ArrayList<>();
    if (wanted.masked().isPresent() && wanted.masked().get() != seen.isMasked()) {
      boolean mask = wanted.masked().get();
      changes.add(
          Change.run(
              unit + " (mask)",
              mask ? "not masked" : "masked",
              mask ? "masked" : "not masked",
              systemctl(wanted, mask ? "mask" : "unmask")));
    }
    boolean differs = wanted.enabled().isPresent() && wanted.enabled().get() != seen.isEnabled();
    boolean masks =
        !wanted.enabled().orElse(true) && (seen.isMasked() || wanted.masked().orElse(false));
    if (differs && !seen.isStatic() && !masks) {
      boolean enable = wanted.enabled().get();
      changes.add(
          Change.run(
              unit + " (at boot)",
              enable ? "disabled" : "enabled",
              enable ? "enabled" : "disabled",
              systemctl(wanted, enable ? "enable" : "disable")));
    }
    return changes;
  }

  /** What is done in each run. */
  static Optional<Change> deed(UnitWanted wanted, UnitSeen seen) {
    if (!seen.is(UnitSeen.Flag.RUNS) || wanted.state().isEmpty()) {
      return Optional.empty();
    }
    UnitWanted.State state = wanted.state().get();
    boolean again = state == UnitWanted.State.RESTARTED || state == UnitWanted.State.RELOADED;
    boolean oneshot = state == UnitWanted.State.STARTED && seen.endsByItself() && !seen.isRunning();
    if (!again && !oneshot) {
      return Optional.empty();
    }
    String verb =
        !seen.isRunning() ? "start" : state == UnitWanted.State.RESTARTED ? "restart" : "reload";
    return Optional.of(change(wanted, seen, verb, verb + "ed"));
  }

  /** What is kept while the host runs. */
  static List<Change> ofState(UnitWanted wanted, UnitSeen seen) {
    if (!seen.is(UnitSeen.Flag.RUNS) || wanted.state().isEmpty()) {
      return List.of();
    } else if (wanted.state().get() == UnitWanted.State.STARTED) {
      return seen.isRunning() ? List.of() : List.of(change(wanted, seen, "start", "started"));
    }
    boolean waits = wanted.is(UnitWanted.How.NO_BLOCK) && seen.isStopping();
    return (seen.isRunning() || seen.isStopping()) && !waits
        ? List.of(change(wanted, seen, "stop", "stopped"))
        : List.of();
  }

  private static Change change(UnitWanted wanted, UnitSeen seen, String verb, String after) {
    String state = seen.property("ActiveState");
    return Change.run(
        wanted.unit().orElseThrow(),
        state.isEmpty() ? "unknown" : state,
        after,
        systemctl(wanted, verb));
  }

  private static Sh systemctl(UnitWanted wanted, String verb) {
    ImmutableList.Builder<String> options = ImmutableList.builder();
    if (wanted.is(UnitWanted.How.NO_BLOCK)) {
      options.add("--no-block");
    }
    if (wanted.is(UnitWanted.How.FORCE)) {
      options.add("--force");
    }
    List<String> words = options.add(verb).build();
    return Sh.of("systemctl {} -- {}", words, wanted.unit().orElseThrow());
  }
}
