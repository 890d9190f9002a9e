package dev.belay.modules;

import dev.belay.module.Change;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;

/** The package files that apt fetched and keeps: none of them. */
record AptClean() implements Resource<Output> {
  @Override
  public Probe<Output> probe() {
    return Probe.of(
        Sh.of(
            "command -v apt-get >/dev/null || exit 3; n=0; for f in /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*; do [ ! -e \"$f\" ] || n=$((n + 1)); done; echo \"$n\""),
        output -> output);
  }

  @Override
  public Plan plan(Output seen) {
    if (seen.status() == 3) {
      return Plan.unsupported("there is no apt on this host");
    }
    String files = seen.out().strip();
    return files.equals("0")
        ? Plan.satisfied()
        : Plan.of(
            Change.run(
                "/var/cache/apt/archives",
                files + " package files",
                "none",
                Sh.of("apt-get clean")));
  }
}
