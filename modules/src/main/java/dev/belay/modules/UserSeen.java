package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What is there of a user.
 *
 * @param member the groups whose lists name the user
 * @param groups of those asked for by name or number, their names
 * @param gids of the same
 */
record UserSeen(
    Optional<Entry> entry,
    Optional<Shadow> shadow,
    ImmutableSet<String> member,
    ImmutableMap<String, String> groups,
    ImmutableMap<String, Long> gids,
    ImmutableSet<Flag> flags) {

  /** What else is true. */
  enum Flag {
    HOME_EXISTS,
    PARENT_OF_HOME_EXISTS,
    /** A group has the user's name. */
    NAMESAKE
  }

  /** The line of the file of users. */
  record Entry(long uid, long gid, String comment, String home, String shell) {}

  /**
   * The line of the file of passwords.
   *
   * @param expires in days since 1970; negative for never
   * @param least days between changes; negative where unset
   * @param most days between changes; negative where unset
   */
  record Shadow(String hash, long expires, long least, long most) {
    boolean isLocked() {
      return hash.startsWith("!");
    }

    /** Whether there is a password under the lock. */
    boolean hasPassword() {
      return !hash.replaceAll("^[!*x]*", "").isEmpty();
    }

    boolean is(String other) {
      return bare(hash).equals(bare(other));
    }

    private static String bare(String hash) {
      return hash.replaceFirst("^!+", "");
    }
  }

  static Probe<UserSeen> probe(String name, Collection<String> groups, String home) {
    Sh question =
        Sh.of(
            """
            n={}; h={}
            p=$(getent passwd -- "$n"); printf 'passwd %s\\n' "$p"
            printf 'shadow %s\\n' "$(getent shadow -- "$n" 2>/dev/null)"
            n="$n" getent group | n="$n" awk -F: '{ c = split($4, m, ","); for (i = 1; i <= c; i++) if (m[i] == ENVIRON["n"]) print "member " $1 }'
            for g in {}; do printf 'group %s=%s\\n' "$g" "$(getent group -- "$g" | cut -d: -f1,3)"; done
            printf 'namesake %s\\n' "$(getent group -- "$n" | cut -d: -f1)"
            [ -n "$h" ] || h=$(printf '%s\\n' "$p" | cut -d: -f6)
            [ ! -e "$h" ] || echo home; [ ! -d "${h%/*}/" ] || echo parent""",
            name, home, groups);
    return Probe.of(question, output -> read(output, name));
  }

  private static UserSeen read(Output output, String name) {
    ImmutableMap.Builder<String, String> groups = ImmutableMap.builder();
    ImmutableMap.Builder<String, Long> gids = ImmutableMap.builder();
    for (String line : after(output, "group ")) {
      int equals = line.lastIndexOf('=');
      List<String> fields = Splitter.on(':').splitToList(line.substring(equals + 1));
      if (fields.size() == 2) {
        groups.put(line.substring(0, equals), fields.get(0));
        gids.put(line.substring(0, equals), Long.valueOf(fields.get(1)));
      }
    }
    ImmutableSet.Builder<Flag> flags = ImmutableSet.builder();
    if (output.lines().contains("home")) {
      flags.add(Flag.HOME_EXISTS);
    }
    if (output.lines().contains("parent")) {
      flags.add(Flag.PARENT_OF_HOME_EXISTS);
    }
    if (after(output, "namesake ").contains(name)) {
      flags.add(Flag.NAMESAKE);
    }
    return new UserSeen(
        fields(output, "passwd ", name, 7).map(UserSeen::entry),
        fields(output, "shadow ", name, 8).map(UserSeen::shadow),
        ImmutableSet.copyOf(after(output, "member ")),
        groups.buildKeepingLast(),
        gids.buildKeepingLast(),
        flags.build());
  }

  private static List<String> after(Output output, String word) {
    return output.lines().stream()
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()))
        .collect(ImmutableList.toImmutableList());
  }

  private static Optional<List<String>> fields(Output output, String word, String name, int count) {
    return after(output, word).stream()
        .map(line -> Splitter.on(':').splitToList(line))
        .filter(fields -> fields.size() >= count && fields.get(0).equals(name))
        .findFirst();
  }

  private static Entry entry(List<String> fields) {
    return new Entry(
        Long.parseLong(fields.get(2)),
        Long.parseLong(fields.get(3)),
        fields.get(4),
        fields.get(5),
        fields.get(6));
  }

  private static Shadow shadow(List<String> fields) {
    return new Shadow(
        fields.get(1), number(fields.get(7)), number(fields.get(3)), number(fields.get(4)));
  }

  private static long number(String field) {
    return field.isEmpty() ? -1 : Long.parseLong(field);
  }

  boolean exists() {
    return entry.isPresent();
  }

  boolean is(Flag flag) {
    return flags.contains(flag);
  }
}
