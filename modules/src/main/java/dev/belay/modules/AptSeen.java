package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What dpkg and apt say of packages.
 *
 * @param versions of installed packages, by name and by name:architecture
 * @param leftovers removed packages whose configuration files are there
 * @param providers installed packages by the names that they provide; their versions are among the
 *     others
 * @param candidates the versions that apt would choose, by name, where asked for
 * @param available names that fit the patterns, where asked for
 */
record AptSeen(
    boolean hasApt,
    boolean interrupted,
    ImmutableMap<String, String> versions,
    ImmutableSet<String> leftovers,
    ImmutableMap<String, String> providers,
    ImmutableMap<String, String> candidates,
    ImmutableSet<String> available,
    AptIndex.Seen index) {

  /** Status 3 where there is no apt; tells an interrupted dpkg. */
  static final Sh FIRST =
      Sh.of(
          "command -v apt-get >/dev/null || exit 3; for f in /var/lib/dpkg/updates/*; do [ -e \"$f\" ] && echo 'I|' && break; done");

  static final String INTERRUPTED =
      "dpkg was interrupted on this host; run 'dpkg --configure -a' there";

  /** What is installed under these names, or fits them. */
  static Sh installed(List<String> names) {
    return Sh.of(
        "dpkg-query -W -f 'P|${db:Status-Abbrev}|${Package}|${Version}|${Architecture}\\n' -- {} 2>/dev/null",
        names);
  }

  /** Which installed packages provide these names; kept in {@code $v} for what follows. */
  static Sh provided(List<String> names) {
    List<String> patterns =
        names.stream().map(name -> "-e" + name.replaceFirst(":.*", "")).toList();
    return Sh.of(
        "v=$(awk '/^Package:/{p=$2} /^Status:/{s=$4} /^Version:/{n=$2} /^Provides:/{if(s==\"installed\")r=$0} /^$/{if(r)print \"V|\" p \"|\" n \"|\" r; r=\"\"}' /var/lib/dpkg/status | grep -wF {}); printf '%s\\n' \"$v\"",
        patterns);
  }

  /** Which names fit the patterns; kept in {@code $m}. */
  static Sh fitting(List<String> patterns) {
    List<String> expressions = patterns.stream().map(p -> "-e" + Glob.expression(p)).toList();
    return Sh.of(
        "m=$(apt-cache {} pkgnames | grep -xE {}); [ -z \"$m\" ] || printf '%s\\n' \"$m\" | sed 's/^/M|/'",
        AptCommand.READ_ONLY, expressions);
  }

  /** What apt would choose for the names, for those that fit, and for those that provide them. */
  static Sh candidates(List<String> options, List<String> names) {
    return Sh.of(
        "apt-cache {} {} policy -- {} $m $(printf '%s\\n' \"$v\" | cut -d'|' -f2) 2>/dev/null | awk '/^[^ ]/{p=$1} /Candidate:/{print \"C|\" p \"|\" $2}'",
        AptCommand.READ_ONLY, options, names);
  }

  static AptSeen of(Output output) {
    Map<String, String> versions = new HashMap<>();
    Set<String> leftovers = new HashSet<>();
    Map<String, String> providers = new HashMap<>();
    Map<String, String> candidates = new HashMap<>();
    Set<String> available = new HashSet<>();
    for (String line : output.lines()) {
      List<String> parts = Splitter.on('|').splitToList(line);
      switch (parts.get(0)) {
        case "P" -> dpkgLine(parts, versions, leftovers);
        case "V" -> {
          provides(line).forEach(name -> providers.putIfAbsent(name, parts.get(1)));
          versions.putIfAbsent(parts.get(1), parts.get(2));
        }
        case "C" -> candidates.put(parts.get(1).replaceFirst(":$", ""), parts.get(2));
        case "M" -> available.add(parts.get(1));
        default -> {}
      }
    }
    return new AptSeen(
        output.status() != 3,
        output.lines().contains("I|"),
        ImmutableMap.copyOf(versions),
        ImmutableSet.copyOf(leftovers),
        ImmutableMap.copyOf(providers),
        ImmutableMap.copyOf(candidates),
        ImmutableSet.copyOf(available),
        AptIndex.Seen.of(output));
  }

  private static void dpkgLine(
      List<String> parts, Map<String, String> versions, Set<String> leftovers) {
    String status = parts.get(1);
    List<String> names = new ArrayList<>(List.of(parts.get(2)));
    if (parts.size() > 4) {
      names.add(parts.get(2) + ":" + parts.get(4));
    }
    for (String name : names) {
      if (status.startsWith("i", 1)) {
        versions.putIfAbsent(name, parts.get(3));
      } else if (status.startsWith("c", 1)) {
        leftovers.add(name);
      }
    }
  }

  private static ImmutableList<String> provides(String line) {
    return Splitter.on(',')
        .trimResults()
        .splitToStream(line.substring(line.indexOf("Provides:") + "Provides:".length()))
        .map(each -> each.replaceFirst("[ (:].*", ""))
        .collect(ImmutableList.toImmutableList());
  }

  Optional<String> version(String name) {
    return Optional.ofNullable(versions.get(name));
  }

  /** The installed package that stands for the name: itself, or one that provides it. */
  Optional<String> standIn(String name) {
    return versions.containsKey(name)
        ? Optional.of(name)
        : Optional.ofNullable(providers.get(name.replaceFirst(":.*", "")));
  }

  /** The version that apt would choose, where there is one. */
  Optional<String> candidate(String name) {
    return Optional.ofNullable(candidates.get(name)).filter(version -> !version.equals("(none)"));
  }
}
