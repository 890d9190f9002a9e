package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Attributes;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.shell.Sh;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the host knows who is to own a file: to a check, all names look alike. */
final class FileOwners {
  private FileOwners() {}

  /** What to say of names that the host does not know; asked only where they are not there yet. */
  static Probe<ImmutableList<Remark>> probe(String path, Attributes wanted) {
    return one("u", "passwd", "user", path, wanted.owner())
        .and(
            one("g", "group", "group", path, wanted.group()),
            (user, group) -> ImmutableList.<Remark>builder().addAll(user).addAll(group).build());
  }

  /** Why what is there cannot be given away; a number needs nobody who has it. */
  static Optional<Plan> refusal(ImmutableList<Remark> strangers, Attributes wanted) {
    boolean named =
        Stream.of(wanted.owner(), wanted.group())
            .flatMap(Optional::stream)
            .anyMatch(name -> !name.matches("[0-9]+") && knowsNothingOf(strangers, name));
    return named ? Optional.of(Plan.lacking(strangers.get(0).text())) : Optional.empty();
  }

  private static boolean knowsNothingOf(ImmutableList<Remark> strangers, String name) {
    return strangers.stream().anyMatch(remark -> remark.text().contains(" " + name + ". "));
  }

  private static Probe<ImmutableList<Remark>> one(
      String letter, String base, String kind, String path, Optional<String> wanted) {
    if (wanted.isEmpty()) {
      return Probe.nothing(ImmutableList.of());
    }
    String name = wanted.get();
    boolean number = name.matches("[0-9]+");
    Sh ask =
        Sh.of(
            "if [ \"$(stat -L -c {} -- {} 2>/dev/null)\" != {} ] && command -v getent >/dev/null; then getent {} -- {} >/dev/null || echo unknown; fi",
            "%" + (number ? letter : letter.toUpperCase(Locale.ROOT)),
            path,
            name,
            base,
            name);
    String who = kind + " " + (number ? "with " + letter + "id " : "") + name;
    String why = "failed to look up " + who + ". Create " + kind + " up to this point in real play";
    return Probe.of(
        ask,
        output -> output.out().isEmpty() ? ImmutableList.of() : ImmutableList.of(Remark.risk(why)));
  }
}
