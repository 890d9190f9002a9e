package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Change;
import dev.belay.module.Step;
import dev.belay.shell.Sh;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The change that a user needs: attributes that differ, and the options that mend them, given to
 * one command so that all of them are done or none.
 */
final class UserEdit {
  private static final String HIDDEN = "(hidden)";

  private final UserWanted wanted;
  private final UserSeen seen;
  private final List<String> before = new ArrayList<>();
  private final List<String> after = new ArrayList<>();
  private final List<Sh> options = new ArrayList<>();
  private final List<Sh> behind = new ArrayList<>();

  private UserEdit(UserWanted wanted, UserSeen seen) {
    this.wanted = wanted;
    this.seen = seen;
  }

  /** What is to be done with a user that is there. */
  static List<Change> of(UserWanted wanted, UserSeen seen) {
    UserEdit edit = new UserEdit(wanted, seen);
    UserSeen.Entry entry = seen.entry().orElseThrow();
    edit.identity(entry);
    edit.places(entry);
    seen.shadow().ifPresent(edit::password);
    List<Change> changes = new ArrayList<>(edit.changes());
    if (wanted.is(UserWanted.How.CREATE_HOME) && !seen.is(UserSeen.Flag.HOME_EXISTS)) {
      String home = wanted.home().orElse(entry.home());
      boolean moves = wanted.is(UserWanted.How.MOVE_HOME) && !home.equals(entry.home());
      if (!moves) {
        changes.add(UserHome.made(wanted, home));
      }
    }
    return changes;
  }

  private void differs(String what, String old, String fresh, Sh option) {
    before.add(what + ": " + old);
    after.add(what + ": " + fresh);
    options.add(option);
  }

  private void identity(UserSeen.Entry entry) {
    wanted
        .uid()
        .filter(uid -> uid != entry.uid())
        .ifPresent(
            uid ->
                differs(
                    "uid",
                    String.valueOf(entry.uid()),
                    String.valueOf(uid),
                    wanted.is(UserWanted.How.NON_UNIQUE)
                        ? Sh.of("-u {} -o", uid)
                        : Sh.of("-u {}", uid)));
    wanted
        .group()
        .map(group -> seen.gids().getOrDefault(group, -1L))
        .filter(gid -> gid != entry.gid())
        .ifPresent(
            gid ->
                differs(
                    "group",
                    String.valueOf(entry.gid()),
                    String.valueOf(gid),
                    Sh.of("-g {}", gid)));
    wanted.groups().ifPresent(this::groups);
  }

  /** The lists of other groups that name the user. */
  private void groups(ImmutableList<String> named) {
    Set<String> names = new LinkedHashSet<>();
    named.forEach(group -> names.add(seen.groups().getOrDefault(group, group)));
    Set<String> member = new LinkedHashSet<>(seen.member());
    boolean append = wanted.is(UserWanted.How.APPEND);
    if (append ? member.containsAll(names) : member.equals(names)) {
      return;
    }
    Set<String> end = new LinkedHashSet<>(append ? member : Set.of());
    end.addAll(names);
    differs(
        "groups",
        String.join(",", member),
        String.join(",", end),
        Sh.of(append ? "-a -G {}" : "-G {}", String.join(",", names)));
  }

  private void places(UserSeen.Entry entry) {
    text("comment", entry.comment(), wanted.comment(), "-c {}");
    text(
        "home",
        entry.home(),
        wanted.home(),
        wanted.is(UserWanted.How.MOVE_HOME) ? "-d {} -m" : "-d {}");
    text("shell", entry.shell(), wanted.shell(), "-s {}");
  }

  private void text(String what, String old, Optional<String> fresh, String option) {
    fresh
        .filter(value -> !value.equals(old))
        .ifPresent(value -> differs(what, old, value, Sh.of(option, value)));
  }

  private void password(UserSeen.Shadow shadow) {
    wanted.expires().ifPresent(day -> expires(shadow, day));
    Optional<String> hash =
        wanted
            .password()
            .filter(h -> !wanted.is(UserWanted.How.PASSWORD_ON_CREATE) && !shadow.is(h));
    if (hash.isPresent()) {
      before.add("password: " + HIDDEN);
      after.add("password: " + HIDDEN + ", another");
      behind.add(chpasswd(wanted.name(), wanted.hash().orElseThrow()));
    } else if (wanted.locked().isPresent() && wanted.locked().get() != shadow.isLocked()) {
      lock(shadow);
    }
    days("password_expire_min", shadow.least(), wanted.least(), "-m");
    days("password_expire_max", shadow.most(), wanted.most(), "-M");
  }

  private void lock(UserSeen.Shadow shadow) {
    if (!shadow.isLocked()) {
      differs("password", "open", "locked", Sh.of("-L"));
    } else if (shadow.hasPassword()) {
      differs("password", "locked", "open", Sh.of("-U"));
    }
  }

  private void expires(UserSeen.Shadow shadow, LocalDate day) {
    boolean never = day.toEpochDay() < 0;
    if (never ? shadow.expires() >= 0 : shadow.expires() != day.toEpochDay()) {
      differs(
          "expires",
          shadow.expires() < 0 ? "never" : LocalDate.ofEpochDay(shadow.expires()).toString(),
          never ? "never" : day.toString(),
          Sh.of("-e {}", never ? "" : day));
    }
  }

  private void days(String what, long old, Optional<Long> fresh, String option) {
    if (fresh.isPresent() && fresh.get() != old) {
      before.add(what + ": " + old);
      after.add(what + ": " + fresh.get());
      behind.add(Sh.of("chage {} {} -- {}", option, fresh.get(), wanted.name()));
    }
  }

  /** The hash goes by the shell's own printf: a command's arguments are there for all to read. */
  static Sh chpasswd(String name, String hash) {
    return Sh.of("printf '%s:%s\\n' {} {} | chpasswd -e", name, hash);
  }

  private List<Change> changes() {
    if (before.isEmpty()) {
      return List.of();
    }
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    if (!options.isEmpty()) {
      steps.add(new Step.Run(Sh.of("usermod {} -- {}", options, wanted.name())));
    }
    behind.forEach(script -> steps.add(new Step.Run(script)));
    return List.of(
        new Change(
            "user " + wanted.name(),
            String.join("\n", before),
            String.join("\n", after),
            steps.build()));
  }
}
