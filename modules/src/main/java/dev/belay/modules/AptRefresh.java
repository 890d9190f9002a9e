package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Change;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.List;
import java.util.Optional;

/**
 * The package index, renewed where it is older than it may be: a deed, for nothing tells how it
 * would be.
 */
record AptRefresh(AptCommand apt, AptIndex index) implements Resource<AptRefresh.Seen> {

  record Seen(boolean hasApt, AptIndex.Seen index) {}

  @Override
  public Probe<Seen> probe() {
    return Probe.of(
        Sh.lines(List.of(Sh.of("command -v apt-get >/dev/null || exit 3"), AptIndex.question())),
        output -> new Seen(output.status() != 3, AptIndex.Seen.of(output)));
  }

  @Override
  public Plan plan(Seen seen) {
    if (!seen.hasApt) {
      return Plan.unsupported("there is no apt on this host");
    }
    return index.isStale(seen.index)
        ? Plan.act(change(seen.index, apt), output -> acted(seen.index, output))
        : Plan.satisfied();
  }

  static Change change(AptIndex.Seen seen, AptCommand apt) {
    return Change.run(
        "package index",
        seen.age(),
        "renewed",
        Sh.of("{}\n{} && { {}; }", apt.prelude(), apt.update(), AptIndex.question()));
  }

  private static Acted acted(AptIndex.Seen before, Output output) {
    boolean renewed = AptCommand.isRenewed(output);
    AptIndex.Seen after = AptIndex.Seen.of(output);
    return new Acted(
        ImmutableMap.of(
            "cache_updated",
            renewed,
            "cache_update_time",
            after.isAbsent() ? before.time() : after.time()),
        output.succeeded() ? Optional.empty() : Optional.of(output.err().strip()),
        renewed ? Acted.Effect.CHANGED : Acted.Effect.UNCHANGED,
        AptCommand.warnings(output));
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return seen.index.result();
  }
}
