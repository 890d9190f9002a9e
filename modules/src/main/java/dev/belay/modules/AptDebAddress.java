package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Change;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A package file at an address. What is in it is known by the address's last part, where that is
 * {@code name_version_architecture.deb}, and else only once it was fetched.
 */
record AptDebAddress(String address, AptCommand apt) implements Resource<AptSeen> {
  private static final Pattern NAME =
      Pattern.compile(".*/([a-z0-9][a-z0-9+.-]*)_([^_/?#]+)_[a-z0-9-]+\\.deb");
  private static final String SAME = "belay: that version is installed";

  @Override
  public Probe<AptSeen> probe() {
    Optional<Matcher> name = name();
    return Probe.of(
        name.isEmpty()
            ? AptSeen.FIRST
            : Sh.lines(
                ImmutableList.of(
                    AptSeen.FIRST,
                    AptSeen.installed(ImmutableList.of(name.get().group(1))),
                    Sh.of(":"))),
        AptSeen::of);
  }

  private Optional<Matcher> name() {
    Matcher name = NAME.matcher(address);
    return name.matches() ? Optional.of(name) : Optional.empty();
  }

  @Override
  public Plan plan(AptSeen seen) {
    if (!seen.hasApt()) {
      return Plan.impossible("there is no apt on this host");
    } else if (seen.interrupted()) {
      return Plan.impossible(AptSeen.INTERRUPTED);
    }
    String what = name().map(n -> n.group(1)).orElse("package");
    Optional<String> installed = name().flatMap(n -> seen.version(n.group(1)));
    boolean there = name().flatMap(n -> installed.filter(v -> isSame(v, n.group(2)))).isPresent();
    Plan plan =
        there
            ? Plan.satisfied()
            : Plan.act(
                Change.run(
                    "packages",
                    what + " " + installed.orElse(name().isPresent() ? "absent" : "(not known)"),
                    "from " + address,
                    deed()),
                AptDebAddress::acted);
    return plan.with(apt.risks())
        .with(Remark.risk("only the server vouches for a package from " + address));
  }

  /** A file's name leaves the epoch out. */
  private static boolean isSame(String installed, String inName) {
    String named = inName.replace("%3a", ":").replace("%2b", "+").replace("%7e", "~");
    return installed.equals(named) || installed.replaceFirst("^[0-9]+:", "").equals(named);
  }

  private Sh deed() {
    return Sh.of(
        """
        {}
        belay_tmp=$(mktemp -d) && chmod 0755 -- "$belay_tmp" && belay_deb=$belay_tmp/package.deb &&
          /usr/lib/apt/apt-helper -q download-file {} "$belay_deb" >/dev/null && belay_name=$(dpkg-deb -f "$belay_deb" Package) || exit 1
        if [ "$(dpkg-query -W -f '${db:Status-Abbrev}${Version}' -- "$belay_name" 2>/dev/null)" = "ii $(dpkg-deb -f "$belay_deb" Version)" ]; then echo {}; else {} "$belay_deb"; fi""",
        apt.prelude(),
        address,
        SAME,
        apt.get("install", ImmutableList.of()));
  }

  private static Acted acted(Output output) {
    return new Acted(
        ImmutableMap.of(
            "stdout", output.out(), "stderr", output.err(), "rc", (long) output.status()),
        output.succeeded() ? Optional.empty() : Optional.of(output.err().strip()),
        output.lines().contains(SAME) ? Acted.Effect.UNCHANGED : Acted.Effect.CHANGED,
        AptCommand.warnings(output));
  }
}
