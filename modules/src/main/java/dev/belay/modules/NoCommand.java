package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;

/** A task for {@code command} or {@code shell} that names none: it fails as a command does. */
record NoCommand(String why) implements Resource<String> {
  static final NoCommand GIVEN = new NoCommand("no command given");
  private static final long STATUS = 256;

  @Override
  public Probe<String> probe() {
    return Probe.nothing(why);
  }

  @Override
  public Plan plan(String seen) {
    return Plan.impossible(seen);
  }

  @Override
  public ImmutableMap<String, Object> result(String seen) {
    return ImmutableMap.of("rc", STATUS);
  }
}
