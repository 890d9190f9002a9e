package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Change;
import dev.belay.module.Step;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Making users and their homes. */
final class UserHome {
  private UserHome() {}

  /** A user that is not there yet. */
  static Change created(UserWanted wanted, UserSeen seen) {
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    boolean parents =
        wanted.home().isPresent()
            && wanted.is(UserWanted.How.CREATE_HOME)
            && !seen.is(UserSeen.Flag.PARENT_OF_HOME_EXISTS);
    if (parents) {
      // useradd makes no folders above the home.
      steps.add(new Step.Run(copied(wanted, wanted.home().get())));
    }
    steps.add(new Step.Run(Sh.of("useradd {} -- {}", options(wanted, seen), wanted.name())));
    if (parents) {
      steps.add(new Step.Run(owned(wanted.name(), wanted.home().get())));
    }
    wanted
        .hash()
        .ifPresent(hash -> steps.add(new Step.Run(UserEdit.chpasswd(wanted.name(), hash))));
    wanted
        .least()
        .ifPresent(n -> steps.add(new Step.Run(Sh.of("chage -m {} -- {}", n, wanted.name()))));
    wanted
        .most()
        .ifPresent(n -> steps.add(new Step.Run(Sh.of("chage -M {} -- {}", n, wanted.name()))));
    return new Change("user " + wanted.name(), Change.ABSENT, described(wanted), steps.build());
  }

  private static List<Sh> options(UserWanted wanted, UserSeen seen) {
    List<Sh> options = new ArrayList<>();
    wanted
        .uid()
        .ifPresent(
            uid ->
                options.add(
                    wanted.is(UserWanted.How.NON_UNIQUE)
                        ? Sh.of("-u {} -o", uid)
                        : Sh.of("-u {}", uid)));
    wanted.fresh().seuser().ifPresent(seuser -> options.add(Sh.of("-Z {}", seuser)));
    if (wanted.group().isPresent()) {
      options.add(Sh.of("-g {}", wanted.group().get()));
    } else if (seen.is(UserSeen.Flag.NAMESAKE)) {
      options.add(Sh.of("-N"));
    }
    wanted
        .groups()
        .filter(groups -> !groups.isEmpty())
        .ifPresent(groups -> options.add(Sh.of("-G {}", String.join(",", groups))));
    wanted.comment().ifPresent(comment -> options.add(Sh.of("-c {}", comment)));
    wanted.home().ifPresent(home -> options.add(Sh.of("-d {}", home)));
    wanted.shell().ifPresent(shell -> options.add(Sh.of("-s {}", shell)));
    wanted.expires().ifPresent(day -> options.add(Sh.of("-e {}", day.toEpochDay() < 0 ? "" : day)));
    if (wanted.is(UserWanted.How.CREATE_HOME)) {
      options.add(Sh.of("-m"));
      wanted.fresh().skeleton().ifPresent(skeleton -> options.add(Sh.of("-k {}", skeleton)));
      wanted.fresh().umask().ifPresent(umask -> options.add(Sh.of("-K {}", "UMASK=" + umask)));
    } else {
      options.add(Sh.of("-M"));
    }
    if (wanted.is(UserWanted.How.SYSTEM)) {
      options.add(Sh.of("-r"));
    }
    return options;
  }

  private static String described(UserWanted wanted) {
    String described =
        Stream.of(
                wanted.uid().map(uid -> "uid: " + uid),
                wanted.group().map(group -> "group: " + group),
                wanted.groups().map(groups -> "groups: " + String.join(",", groups)),
                wanted.comment().map(comment -> "comment: " + comment),
                wanted.home().map(home -> "home: " + home),
                wanted.shell().map(shell -> "shell: " + shell),
                wanted.password().map(hash -> "password: (hidden)"))
            .flatMap(java.util.Optional::stream)
            .collect(Collectors.joining("\n"));
    return described.isEmpty() ? "present" : described;
  }

  /** A home that is not there, for a user that is. */
  static Change made(UserWanted wanted, String home) {
    return new Change(
        home,
        Change.ABSENT,
        "directory",
        ImmutableList.of(
            new Step.Run(copied(wanted, home)), new Step.Run(owned(wanted.name(), home))));
  }

  /** As useradd would make it: what the skeleton holds, and the mode that login.defs leaves. */
  private static Sh copied(UserWanted wanted, String home) {
    return Sh.of(
        """
        h={}; k={}
        mkdir -p -- "${h%/*}/" && if [ -d "$k" ]; then cp -a -- "$k" "$h"; else mkdir -- "$h"; fi || exit 1
        u=$(sed -n 's/^UMASK[[:space:]]\\{1,\\}\\([0-7]\\{1,4\\}\\)$/\\1/p' /etc/login.defs 2>/dev/null | tail -n 1)
        [ -z "$u" ] || chmod -- "$(printf %o "$((0777 & ~0$u))")" "$h\"""",
        home, wanted.fresh().skeleton().orElse("/etc/skel"));
  }

  private static Sh owned(String name, String home) {
    return Sh.of("chown -Rh -- \"$(id -u -- {}):$(id -g -- {})\" {}", name, name, home);
  }
}
