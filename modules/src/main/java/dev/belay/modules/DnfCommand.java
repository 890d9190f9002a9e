package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Args;
import dev.belay.module.Remark;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How dnf, or yum where that is all there is, is called on a host. */
record DnfCommand(ImmutableList<String> options, long lockTimeout, ImmutableList<Remark> risks) {
  private static final String SAME = "belay: the same packages as before";

  /** Status 200 is dnf's for a lock that another process has. */
  private static final String FUNCTIONS =
      """
      if command -v dnf >/dev/null; then belay_program=dnf; else belay_program=yum; fi
      belay_end=$(($(date +%s) + {}))
      belay_dnf() {
        while :; do
          { belay_err=$("$belay_program" -y "$@" 2>&1 >&3 3>&-); belay_status=$?; } 3>&1
          [ "$belay_status" -eq 200 ] && [ "$(date +%s)" -lt "$belay_end" ] || break
          sleep 1
        done
        [ -z "$belay_err" ] || printf '%s\\n' "$belay_err" >&2
        return "$belay_status"
      }""";

  static DnfCommand of(Args args) {
    List<String> options = new ArrayList<>(List.of("--setopt=exit_on_lock=1"));
    words(options, args, "enablerepo", "--enablerepo=");
    words(options, args, "disablerepo", "--disablerepo=");
    words(options, args, "exclude", "--exclude=");
    words(options, args, "enable_plugin", "--enableplugin=");
    words(options, args, "disable_plugin", "--disableplugin=");
    args.textIfGiven("disable_excludes")
        .ifPresent(what -> options.add("--disableexcludes=" + what));
    args.textIfGiven("releasever").ifPresent(version -> options.add("--releasever=" + version));
    args.textIfGiven("conf_file").ifPresent(file -> options.add("--config=" + file));
    boolean verifies = args.flag("sslverify") && args.flag("validate_certs");
    option(options, args.flag("disable_gpg_check"), "--nogpgcheck");
    option(options, !verifies, "--setopt=sslverify=0");
    option(options, !args.flag("install_weak_deps"), "--setopt=install_weak_deps=0");
    option(options, args.flag("allowerasing"), "--allowerasing");
    option(options, args.flag("nobest"), "--nobest");
    option(options, args.flag("skip_broken"), "--skip-broken");
    option(options, args.flag("update_cache"), "--refresh");
    option(options, args.flag("cacheonly"), "--cacheonly");
    option(options, args.flag("security"), "--security");
    option(options, args.flag("bugfix"), "--bugfix");
    return new DnfCommand(
        ImmutableList.copyOf(options), args.integer("lock_timeout"), risks(args, verifies));
  }

  private static void words(List<String> options, Args args, String parameter, String option) {
    args.texts(parameter).forEach(word -> options.add(option + word));
  }

  private static void option(List<String> options, boolean wanted, String word) {
    if (wanted) {
      options.add(word);
    }
  }

  private static ImmutableList<Remark> risks(Args args, boolean verifies) {
    ImmutableList.Builder<Remark> risks = ImmutableList.builder();
    if (args.flag("disable_gpg_check")) {
      risks.add(Remark.risk("'disable_gpg_check' lets dnf take packages that nobody vouches for"));
    }
    if (!verifies) {
      risks.add(Remark.risk("the servers of packages need not prove who they are"));
    }
    return risks.build();
  }

  /** One call after another, up to the first that fails. */
  Sh deed(List<Sh> calls) {
    return Sh.of("{}\n{}", Sh.of(FUNCTIONS, lockTimeout), Sh.all(calls));
  }

  /** The same, told apart from one that changed nothing by rpm's own list. */
  Sh compared(List<Sh> calls) {
    return Sh.of(
        "belay_was=$(rpm -qa | sort | cksum)\n{} && { [ \"$belay_was\" != \"$(rpm -qa | sort | cksum)\" ] || echo {}; }",
        deed(calls),
        SAME);
  }

  Sh call(String verb, List<String> names) {
    return names.isEmpty()
        ? Sh.of("belay_dnf {} {}", options, verb)
        : Sh.of("belay_dnf {} {} -- {}", options, verb, names);
  }

  static ImmutableMap<String, Object> values(Output output) {
    return ImmutableMap.of(
        "stdout",
        output.out().replaceFirst("(?m)^" + SAME + "\n", ""),
        "stderr",
        output.err(),
        "rc",
        (long) output.status());
  }

  /** What came of a deed of which dnf alone knew beforehand whether there was something to do. */
  static Acted acted(Output output) {
    return new Acted(
        values(output),
        output.succeeded() ? Optional.empty() : Optional.of(output.err().strip()),
        output.lines().contains(SAME) ? Acted.Effect.UNCHANGED : Acted.Effect.CHANGED,
        ImmutableList.of());
  }
}
