package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Packages of Debian and Ubuntu. */
record Apt(
    ImmutableList<Wanted> packages,
    State state,
    boolean refresh,
    long cacheValid,
    ImmutableList<String> options,
    long lockTimeout)
    implements Resource<Apt.Seen> {

  /** In seconds: an index that seems older was never fetched. */
  private static final long NEVER = 1_000_000_000;

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "apt")
          .summary("Installs and removes packages of Debian and Ubuntu.")
          .doc(
              "A package counts as installed where an installed one provides its name. Nothing can ask a question: debconf is silent, changed configuration files stay, needrestart only lists."
                  + " 'update_cache' refreshes the package index before an installation; on its own it is a deed, unless 'cache_valid_time' says that the index is fresh."
                  + " 'upgrade', 'deb', 'autoremove' and 'purge' beyond removal are not supported yet and refused.")
          .parameters(
              Parameter.optional("name", Type.LIST, "Packages; name=version for a certain one.")
                  .alias("package", "pkg"),
              Parameter.optional("state", Type.TEXT, "What they are to be.")
                  .oneOf("present", "absent", "latest")
                  .defaultsTo("present"),
              Parameter.optional(
                      "update_cache", Type.FLAG, "Whether the package index is refreshed first.")
                  .alias("update-cache")
                  .defaultsTo(false),
              Parameter.optional(
                      "cache_valid_time",
                      Type.INTEGER,
                      "Seconds for which the index counts as fresh.")
                  .defaultsTo(0L),
              Parameter.optional(
                      "install_recommends", Type.FLAG, "Whether recommended packages come along.")
                  .alias("install-recommends"),
              Parameter.optional("default_release", Type.TEXT, "The release to take packages from.")
                  .alias("default-release"),
              Parameter.optional(
                      "purge", Type.FLAG, "Whether removal takes configuration files too.")
                  .defaultsTo(false),
              Parameter.optional(
                      "lock_timeout", Type.INTEGER, "Seconds to wait for another package manager.")
                  .defaultsTo(60L))
          .example(
              "- apt:\n    name: [libjemalloc2, numactl]\n    state: present\n    update_cache: true\n    cache_valid_time: 3600")
          .makes(Apt::of);

  /** A package, and the version that it must have. */
  record Wanted(String name, Optional<String> version) {
    static Wanted of(String word) {
      if (!word.matches("[a-z0-9][a-z0-9+.:-]*(=[A-Za-z0-9.+:~-]+)?")) {
        throw new IllegalArgumentException("'" + word + "' is no name for a package");
      }
      int equals = word.indexOf('=');
      return equals < 0
          ? new Wanted(word, Optional.empty())
          : new Wanted(word.substring(0, equals), Optional.of(word.substring(equals + 1)));
    }

    @Override
    public String toString() {
      return name + version.map(v -> "=" + v).orElse("");
    }
  }

  enum State {
    PRESENT,
    ABSENT,
    LATEST
  }

  /**
   * What is there.
   *
   * @param versions of installed packages, by name
   * @param provided names that installed packages provide
   * @param candidates the newest versions that can be had, where asked for
   * @param cacheAge in seconds; a very large number where there is no index
   */
  record Seen(
      boolean hasApt,
      boolean interrupted,
      Map<String, String> versions,
      Set<String> provided,
      Map<String, String> candidates,
      long cacheAge) {}

  private static Apt of(Args args) {
    ImmutableList.Builder<String> options = ImmutableList.builder();
    args.flagIfGiven("install_recommends")
        .ifPresent(yes -> options.add("-o", "APT::Install-Recommends=" + (yes ? "yes" : "no")));
    args.textIfGiven("default_release")
        .ifPresent(release -> options.add("-o", "APT::Default-Release=" + release));
    if (args.flag("purge")) {
      options.add("--purge");
    }
    ImmutableList<Wanted> packages =
        args.texts("name").stream()
            .filter(n -> !n.isEmpty())
            .map(Wanted::of)
            .collect(ImmutableList.toImmutableList());
    boolean refresh = args.flag("update_cache") || args.integer("cache_valid_time") > 0;
    if (packages.isEmpty() && !refresh && !args.has("name")) {
      throw new IllegalArgumentException("'apt' needs 'name' or 'update_cache'");
    }
    return new Apt(
        packages,
        State.valueOf(args.text("state").toUpperCase(java.util.Locale.ROOT)),
        refresh,
        args.integer("cache_valid_time"),
        options.build(),
        args.integer("lock_timeout"));
  }

  private List<String> names() {
    return packages.stream().map(Wanted::name).toList();
  }

  @Override
  public Probe<Seen> probe() {
    List<Sh> lines = new ArrayList<>();
    lines.add(
        Sh.of(
            "command -v apt-get >/dev/null || exit 3; for f in /var/lib/dpkg/updates/*; do [ -e \"$f\" ] && echo 'I|' && break; done"));
    if (!packages.isEmpty()) {
      lines.add(
          Sh.of(
              "dpkg-query -W -f 'P|${db:Status-Abbrev}|${Package}|${Version}\\n' -- {} 2>/dev/null",
              names()));
      List<String> patterns = names().stream().map(name -> "-e" + name).toList();
      lines.add(
          Sh.of(
              "awk '/^Status:/{s=$4} /^Provides:/{if(s==\"installed\")print \"V|\" $0}' /var/lib/dpkg/status | grep -wF {}",
              patterns));
    }
    if (state == State.LATEST) {
      lines.add(
          Sh.of(
              "apt-cache policy -- {} 2>/dev/null | awk '/^[^ ]/{p=$1} /Candidate:/{print \"C|\" p \"|\" $2}'",
              names()));
    }
    if (refresh) {
      lines.add(
          Sh.of(
              "set -- /var/lib/apt/lists/*_Packages*; if [ -e \"$1\" ]; then n=$(stat -c %Y /var/lib/apt/periodic/update-success-stamp 2>/dev/null || stat -c %Y /var/lib/apt/lists); echo \"A|$(($(date +%s) - n))\"; fi"));
    }
    lines.add(Sh.of(":"));
    return Probe.of(Sh.lines(lines), Apt::read);
  }

  private static Seen read(Output output) {
    Map<String, String> versions = new HashMap<>();
    Set<String> provided = new HashSet<>();
    Map<String, String> candidates = new HashMap<>();
    boolean interrupted = false;
    long age = Long.MAX_VALUE;
    for (String line : output.lines()) {
      List<String> parts = Splitter.on('|').limit(4).splitToList(line);
      switch (parts.get(0)) {
        case "I" -> interrupted = true;
        case "P" -> {
          if (parts.get(1).startsWith("ii") || parts.get(1).startsWith("hi")) {
            versions.put(parts.get(2), parts.get(3));
          }
        }
        case "V" -> provides(line).forEach(provided::add);
        case "C" -> candidates.put(parts.get(1).replaceFirst(":$", ""), parts.get(2));
        case "A" -> age = Long.parseLong(parts.get(1));
        default -> {}
      }
    }
    return new Seen(output.status() != 3, interrupted, versions, provided, candidates, age);
  }

  private static List<String> provides(String line) {
    String list = line.substring(line.indexOf(':') + 1);
    return Splitter.on(',')
        .trimResults()
        .splitToStream(list)
        .map(each -> each.replaceFirst("[ (:].*", ""))
        .toList();
  }

  @Override
  public Plan plan(Seen seen) {
    if (!seen.hasApt) {
      return packages.isEmpty()
          ? Plan.unsupported("there is no apt on this host")
          : Plan.impossible("there is no apt on this host");
    } else if (seen.interrupted) {
      return Plan.impossible("dpkg was interrupted on this host; run 'dpkg --configure -a' there");
    }
    boolean stale = refresh && seen.cacheAge > cacheValid;
    if (packages.isEmpty()) {
      return stale ? refreshed(seen) : Plan.satisfied();
    }
    List<Wanted> todo = packages.stream().filter(wanted -> !isSatisfied(wanted, seen)).toList();
    if (todo.isEmpty()) {
      return Plan.satisfied();
    }
    String before =
        todo.stream()
            .map(w -> w.name + " " + seen.versions.getOrDefault(w.name, "absent"))
            .collect(Collectors.joining(", "));
    String after =
        todo.stream().map(w -> w.name + " " + aim(w, seen)).collect(Collectors.joining(", "));
    return Plan.of(Change.run("packages", before, after, deed(todo, stale)));
  }

  private String aim(Wanted wanted, Seen seen) {
    return switch (state) {
      case ABSENT -> "absent";
      case LATEST -> seen.candidates.getOrDefault(wanted.name, "newest");
      case PRESENT -> wanted.version.orElse("installed");
    };
  }

  private boolean isSatisfied(Wanted wanted, Seen seen) {
    String version = seen.versions.get(wanted.name.replaceFirst(":.*", ""));
    boolean there = version != null || seen.provided.contains(wanted.name);
    return switch (state) {
      case ABSENT -> version == null;
      case PRESENT -> there && wanted.version.map(v -> v.equals(version)).orElse(true);
      case LATEST ->
          there
              && (version == null
                  || version.equals(seen.candidates.getOrDefault(wanted.name, version)));
    };
  }

  private Plan refreshed(Seen seen) {
    String before = seen.cacheAge < NEVER ? seen.cacheAge + " s old" : "never fetched";
    return Plan.act(
        Change.run("package index", before, "refreshed", Sh.of("{}; {}", quiet(), update())),
        Apt::acted);
  }

  private static Acted acted(Output output) {
    return new Acted(
        ImmutableMap.of("cache_updated", output.succeeded(), "changed", true),
        output.succeeded() ? Optional.empty() : Optional.of(output.err().strip()));
  }

  private static Sh quiet() {
    return Sh.of(
        "export DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical NEEDRESTART_MODE=l APT_LISTCHANGES_FRONTEND=none UCF_FORCE_CONFFOLD=1");
  }

  private Sh aptGet() {
    return Sh.of(
        "apt-get -q -y -o DPkg::Lock::Timeout={} -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold {}",
        lockTimeout,
        options);
  }

  private Sh update() {
    return Sh.of("{} update >&2", aptGet());
  }

  private Sh deed(List<Wanted> todo, boolean stale) {
    Sh act =
        state == State.ABSENT
            ? Sh.of("{} remove -- {}", aptGet(), todo.stream().map(Wanted::name).toList())
            : Sh.of("{} install -- {}", aptGet(), todo.stream().map(Wanted::toString).toList());
    return stale && state != State.ABSENT
        ? Sh.of("{}; {} && {}", quiet(), update(), act)
        : Sh.of("{}; {}", quiet(), act);
  }
}
