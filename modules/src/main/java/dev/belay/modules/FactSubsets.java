package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import dev.belay.problem.Nearest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which facts {@code gather_subset} and {@code filter} mean. */
final class FactSubsets {
  private static final ImmutableSet<String> GROUPS = ImmutableSet.of("all", "min");

  /**
   * Collectors of Ansible that there is nothing of here: without them is easy, with them is not.
   */
  private static final ImmutableSet<String> NEVER =
      ImmutableSet.of(
          "facter",
          "ohai",
          "python",
          "python_version",
          "caps",
          "system_capabilities",
          "system_capabilities_enforced",
          "fibre_channel_wwn",
          "iscsi",
          "nvme");

  private FactSubsets() {}

  /**
   * The sections that the words mean: the minimal ones and those that are named, without those that
   * are named with {@code !}; what is named on its own is never taken away.
   *
   * @throws IllegalArgumentException for a word that means nothing
   */
  static ImmutableSet<FactSection> sections(List<String> words) {
    Set<FactSection> with = EnumSet.noneOf(FactSection.class);
    Set<FactSection> named = EnumSet.noneOf(FactSection.class);
    Set<FactSection> without = EnumSet.noneOf(FactSection.class);
    for (String word : words) {
      Set<FactSection> meant = meant(word);
      if (word.startsWith("!")) {
        without.addAll(meant);
      } else {
        with.addAll(meant);
        if (!GROUPS.contains(word)) {
          named.addAll(meant);
        }
      }
    }
    with.addAll(meant("min"));
    without.removeAll(named);
    with.removeAll(without);
    return ImmutableSet.copyOf(with);
  }

  /** Without all leaves the minimal ones; they go with min alone. */
  private static Set<FactSection> meant(String word) {
    boolean not = word.startsWith("!");
    Set<FactSection> meant = named(not ? word.substring(1) : word, word);
    if (word.equals("!all")) {
      meant.removeIf(FactSection::isMinimal);
    }
    return meant;
  }

  private static Set<FactSection> named(String name, String word) {
    Set<FactSection> named = EnumSet.noneOf(FactSection.class);
    for (FactSection section : FactSection.values()) {
      boolean fits =
          name.equals("all")
              || name.equals("min") && section.isMinimal()
              || section.words().contains(name);
      if (fits) {
        named.add(section);
      }
    }
    if (named.isEmpty() && !(NEVER.contains(name))) {
      throw new IllegalArgumentException(unknown(name));
    } else if (named.isEmpty() && !word.startsWith("!")) {
      throw new IllegalArgumentException(
          "there are no facts of '" + name + "' here: they need Python or another program");
    }
    return named;
  }

  private static String unknown(String name) {
    Set<String> known = new TreeSet<>(GROUPS);
    for (FactSection section : FactSection.values()) {
      known.addAll(section.words());
    }
    return "there is no subset '"
        + name
        + "'; "
        + Nearest.hint(name, known, "there are " + String.join(", ", known));
  }

  /** The facts that fit one of the patterns; all where there are none. */
  static ImmutableMap<String, Object> filtered(
      ImmutableMap<String, Object> facts, List<String> patterns) {
    ImmutableList<Pattern> all =
        patterns.stream()
            .filter(pattern -> !pattern.isEmpty())
            .map(FactSubsets::pattern)
            .collect(ImmutableList.toImmutableList());
    return all.isEmpty()
        ? facts
        : ImmutableMap.copyOf(
            Maps.filterKeys(facts, name -> all.stream().anyMatch(p -> p.matcher(name).matches())));
  }

  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder("(ansible_)?");
    for (char c : glob.toCharArray()) {
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            case '[', ']' -> String.valueOf(c);
            case '!' -> regex.toString().endsWith("[") ? "^" : "!";
            default -> Character.isLetterOrDigit(c) || c == '-' ? String.valueOf(c) : "\\" + c;
          });
    }
    return Pattern.compile(regex.toString());
  }
}
