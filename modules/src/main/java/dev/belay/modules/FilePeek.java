package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;

/** Whether a file seems to be no text: there is a zero byte near its beginning. */
record FilePeek(String path) implements Resource<Output> {
  /** In bytes. */
  private static final int LOOKED_AT = 8192;

  @Override
  public Probe<Output> probe() {
    return Probe.of(
        Sh.of(
            "p={}; [ ! -f \"$p\" ] || head -c {} -- \"$p\" 2>/dev/null | tr -dc '\\000' | wc -c",
            path,
            String.valueOf(LOOKED_AT)),
        output -> output);
  }

  @Override
  public Plan plan(Output seen) {
    return Plan.satisfied();
  }

  @Override
  public ImmutableMap<String, Object> result(Output seen) {
    return ImmutableMap.of(
        "path", path, "appears_binary", seen.out().strip().matches("[1-9][0-9]*"));
  }
}
