package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Done;
import dev.belay.module.Remark;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How apt is called on a host: what a task allows it, how long it waits, and what is told of it
 * afterwards. Nothing that it starts can ask a question.
 *
 * @param options of every {@code apt-get} that changes packages
 * @param lockTimeout in seconds
 * @param retries of a refresh of the index that failed
 * @param longestPause between two tries, in seconds
 * @param policy the status of {@code policy-rc.d} meanwhile
 */
record AptCommand(
    ImmutableList<String> options,
    long lockTimeout,
    long retries,
    long longestPause,
    Optional<Long> policy,
    ImmutableList<Remark> risks) {

  /**
   * Options that keep a question from writing: no cache file, no log of the planner, no lock. apt
   * then builds its view in memory, in one to three seconds.
   */
  static final ImmutableList<String> READ_ONLY =
      ImmutableList.of(
          "-o", "Dir::Cache::pkgcache=",
          "-o", "Dir::Cache::srcpkgcache=",
          "-o", "Dir::Log::Planner=/dev/null",
          "-o", "Debug::NoLocking=true");

  /** A line by which a deed tells that it renewed the index. */
  private static final String RENEWED = "belay: the package index was renewed";

  private static final String FUNCTIONS =
      """
      export DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical NEEDRESTART_MODE=l APT_LISTCHANGES_FRONTEND=none UCF_FORCE_CONFFOLD=1
      belay_holder() {
        for belay_lock in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock /var/cache/apt/archives/lock; do
          belay_inode=$(stat -c %i -- "$belay_lock" 2>/dev/null) || continue
          belay_pid=$(awk -v i="$belay_inode" '$2 != "->" && $6 ~ (":" i "$") { print $5; exit }' /proc/locks)
          [ -z "$belay_pid" ] || printf 'the lock %s is held by process %s (%s)\\n' "$belay_lock" "$belay_pid" "$(cat "/proc/$belay_pid/comm" 2>/dev/null)" >&2
        done
      }
      belay_apt() {
        belay_end=$(($(date +%s) + {}))
        while :; do
          { belay_err=$(apt-get -q -y -o DPkg::Lock::Timeout={} "$@" 2>&1 >&3 3>&-); belay_status=$?; } 3>&1
          case $belay_status:$belay_err in
          0:*) belay_held= ;;
          *'Could not get lock'* | *'Unable to lock'* | *'Unable to acquire the dpkg frontend lock'*)
            [ "$(date +%s)" -ge "$belay_end" ] || { sleep 1; continue; }
            belay_held=1 ;;
          *) belay_held= ;;
          esac
          [ -z "$belay_err" ] || printf '%s\\n' "$belay_err" >&2
          [ -z "$belay_held" ] || belay_holder
          return "$belay_status"
        done
      }
      belay_stamp() { stat -c %y /var/lib/apt/periodic/update-success-stamp 2>/dev/null || stat -c %y /var/lib/apt/lists 2>/dev/null; }
      belay_fetch() {
        belay_apt -o APT::Update::Error-Mode=any update >/dev/null || return "$belay_status"
        case $belay_err in *'index files failed to download'* | *'Failed to fetch'*) return 100 ;; esac
      }
      belay_update() {
        belay_was=$(belay_stamp); belay_tries=1; belay_pause=1
        until belay_fetch; do
          [ -z "$belay_held" ] && [ "$belay_tries" -lt {} ] || return 100
          sleep "$belay_pause"; belay_tries=$((belay_tries + 1)); belay_pause=$((belay_pause * 2))
          [ "$belay_pause" -le {} ] || belay_pause={}
        done
        [ "$belay_was" = "$(belay_stamp)" ] || echo {}
      }
      belay_tmp=; belay_policy=; belay_old=
      belay_tidy() {
        [ -z "$belay_tmp" ] || rm -rf -- "$belay_tmp"
        [ -z "$belay_policy" ] || rm -f -- "$belay_policy"
        [ -z "$belay_old" ] || mv -fT -- "$belay_old" /usr/sbin/policy-rc.d
      }
      trap belay_tidy EXIT; trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM""";

  private static final String POLICY =
      """
      if [ -e /usr/sbin/policy-rc.d ] || [ -L /usr/sbin/policy-rc.d ]; then
        belay_old=/usr/sbin/.policy-rc.d.belay; mv -fT -- /usr/sbin/policy-rc.d "$belay_old" || exit 1
      fi
      belay_policy=/usr/sbin/policy-rc.d; printf '#!/bin/sh\\nexit %s\\n' {} > "$belay_policy" && chmod 0755 -- "$belay_policy" || exit 1""";

  static AptCommand of(Args args) {
    return new AptCommand(
        options(args),
        args.integer("lock_timeout"),
        args.integer("update_cache_retries"),
        args.integer("update_cache_retry_max_delay"),
        args.integerIfGiven("policy_rc_d"),
        risks(args));
  }

  /** One that only renews the index. */
  static AptCommand updating(long lockTimeout, long retries, long longestPause) {
    return new AptCommand(
        ImmutableList.of(),
        lockTimeout,
        retries,
        longestPause,
        Optional.empty(),
        ImmutableList.of());
  }

  private static ImmutableList<String> options(Args args) {
    List<String> options = new ArrayList<>();
    for (Object word : args.list("dpkg_options")) {
      if (!word.toString().matches("[a-z][a-z0-9-]*")) {
        throw new IllegalArgumentException("'" + word + "' is no option for dpkg");
      }
      options.addAll(List.of("-o", "Dpkg::Options::=--" + word));
    }
    args.flagIfGiven("install_recommends")
        .ifPresent(
            yes ->
                options.addAll(List.of("-o", "APT::Install-Recommends=" + (yes ? "yes" : "no"))));
    args.textIfGiven("default_release")
        .ifPresent(release -> options.addAll(List.of("-o", "APT::Default-Release=" + release)));
    boolean force = args.flag("force");
    option(options, args.flag("purge"), "--purge");
    option(options, args.flag("autoremove"), "--auto-remove");
    option(options, args.flag("fail_on_autoremove"), "--no-remove");
    option(options, args.flag("only_upgrade"), "--only-upgrade");
    option(options, force || args.flag("allow_unauthenticated"), "--allow-unauthenticated");
    option(options, force || args.flag("allow_downgrade"), "--allow-downgrades");
    option(
        options, force || args.flag("allow_change_held_packages"), "--allow-change-held-packages");
    option(options, force, "--allow-remove-essential");
    return ImmutableList.copyOf(options);
  }

  private static void option(List<String> options, boolean wanted, String word) {
    if (wanted) {
      options.add(word);
    }
  }

  private static ImmutableList<Remark> risks(Args args) {
    ImmutableList.Builder<Remark> risks = ImmutableList.builder();
    if (args.flag("force")) {
      risks.add(
          Remark.risk(
              "'force' lets apt take packages that nobody vouches for, and remove what the host stands on"));
    } else if (args.flag("allow_unauthenticated")) {
      risks.add(
          Remark.risk("'allow_unauthenticated' lets apt take packages that nobody vouches for"));
    }
    return risks.build();
  }

  /** The functions that the other pieces need; comes first in a deed. */
  Sh prelude() {
    Sh functions =
        Sh.of(FUNCTIONS, lockTimeout, lockTimeout, retries, longestPause, longestPause, RENEWED);
    return policy.isEmpty() ? functions : Sh.of("{}\n{}", functions, Sh.of(POLICY, policy.get()));
  }

  /** Renews the index; fails where a part of it cannot be fetched. */
  Sh update() {
    return Sh.of("belay_update");
  }

  /** One {@code apt-get} with the task's options. */
  Sh get(String verb, List<String> operands) {
    return get(ImmutableList.of(), verb, operands);
  }

  /** One {@code apt-get} with the task's options and these. */
  Sh get(List<String> more, String verb, List<String> operands) {
    return Sh.of("belay_apt {}{}", words(options), call(more, verb, operands));
  }

  /** What {@code apt-get} would do, without doing it. */
  Sh simulated(List<String> more, String verb, List<String> operands) {
    return Sh.of("apt-get -s -q -y {} {}{}", READ_ONLY, words(options), call(more, verb, operands));
  }

  private static Sh call(List<String> more, String verb, List<String> operands) {
    return operands.isEmpty()
        ? Sh.of("{}{}", words(more), verb)
        : Sh.of("{}{} -- {}", words(more), verb, operands);
  }

  private static Sh words(List<String> words) {
    return words.isEmpty() ? Sh.of("") : Sh.of("{} ", words);
  }

  /** What is told of a deed that was done. */
  static Done done(Output output) {
    return new Done(values(output), warnings(output));
  }

  static ImmutableMap<String, Object> values(Output output) {
    return ImmutableMap.of(
        "stdout",
        output.out().replaceFirst("(?m)^" + RENEWED + "\n", ""),
        "stderr",
        output.err(),
        "cache_updated",
        isRenewed(output));
  }

  static boolean isRenewed(Output output) {
    return output.lines().contains(RENEWED);
  }

  /** What apt warned of. */
  static ImmutableList<Remark> warnings(Output output) {
    return Output.lines(output.err()).stream()
        .filter(line -> line.startsWith("W: ") || line.startsWith("E: "))
        .map(line -> Remark.note("apt says: " + line))
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }
}
