package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Change;
import dev.belay.module.Done;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.List;
import java.util.Optional;

/** A package file on the host, whose package is installed in the file's version. */
record AptDeb(String path, boolean downgrades, AptCommand apt) implements Resource<AptDeb.Seen> {
  private static final int NO_FILE = 4;

  /** The file's package and version, and the version that is installed. */
  record Seen(int status, String why, String name, String version, Optional<String> installed) {}

  @Override
  public Probe<Seen> probe() {
    return Probe.of(
        Sh.of(
            "command -v apt-get >/dev/null || exit 3; f={}; [ -f \"$f\" ] || exit 4; n=$(dpkg-deb -f \"$f\" Package) && w=$(dpkg-deb -f \"$f\" Version) || exit 5\n"
                + "echo \"D|$n|$w\"; dpkg-query -W -f 'P|${db:Status-Abbrev}|${Package}|${Version}|${Architecture}\\n' -- \"$n\" 2>/dev/null; :",
            path),
        AptDeb::read);
  }

  private static Seen read(Output output) {
    for (String line : output.lines()) {
      if (line.startsWith("D|")) {
        List<String> parts = Splitter.on('|').splitToList(line);
        return new Seen(
            output.status(),
            "",
            parts.get(1),
            parts.get(2),
            AptSeen.of(output).version(parts.get(1)));
      }
    }
    return new Seen(output.status(), output.err().strip(), "", "", Optional.empty());
  }

  @Override
  public Plan plan(Seen seen) {
    if (seen.status == 3) {
      return Plan.impossible("there is no apt on this host");
    } else if (seen.status == NO_FILE) {
      return Plan.lacking("there is no file " + path);
    } else if (seen.status != 0) {
      return Plan.impossible(path + " is no package: " + seen.why);
    } else if (seen.installed.filter(seen.version::equals).isPresent()) {
      return Plan.satisfied().with(apt.risks());
    } else if (!downgrades && isOlder(seen)) {
      return Plan.impossible(
          seen.name
              + " is installed in the later version "
              + seen.installed.get()
              + "; allow_downgrade puts "
              + seen.version
              + " in its place");
    }
    return Plan.of(
            Change.run(
                "packages",
                seen.name + " " + seen.installed.orElse("absent"),
                seen.name + " " + seen.version,
                Sh.of("{}\n{}", apt.prelude(), apt.get("install", ImmutableList.of(path)))))
        .with(apt.risks());
  }

  private static boolean isOlder(Seen seen) {
    DebVersion offered = DebVersion.of(seen.version);
    return seen.installed.map(DebVersion::of).filter(has -> has.compareTo(offered) > 0).isPresent();
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return ImmutableMap.of();
  }

  @Override
  public Done done(Output output) {
    return AptCommand.done(output);
  }
}
