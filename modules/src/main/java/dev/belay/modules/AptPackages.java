package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Change;
import dev.belay.module.Done;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Packages by name, and what they are to be. */
record AptPackages(
    ImmutableList<AptName> names,
    State state,
    boolean purges,
    boolean onlyUpgrades,
    boolean cleans,
    AptCommand apt,
    AptIndex index)
    implements Resource<AptSeen> {

  enum State {
    PRESENT,
    ABSENT,
    LATEST
  }

  @Override
  public Probe<AptSeen> probe() {
    List<Sh> lines = new ArrayList<>(List.of(AptSeen.FIRST));
    List<String> words = names.stream().map(AptName::name).toList();
    List<String> patterns = names.stream().filter(AptName::isPattern).map(AptName::name).toList();
    List<String> plain = names.stream().filter(n -> !n.isPattern()).map(AptName::name).toList();
    if (!words.isEmpty()) {
      lines.add(AptSeen.installed(words));
    }
    lines.add(Sh.of("m=; v="));
    if (!plain.isEmpty() && state != State.ABSENT) {
      lines.add(AptSeen.provided(plain));
    }
    if (!patterns.isEmpty() && state != State.ABSENT) {
      lines.add(AptSeen.fitting(patterns));
    }
    if (state == State.LATEST) {
      List<String> release =
          apt.options().stream().filter(o -> o.startsWith("APT::Default-Release=")).toList();
      lines.add(
          AptSeen.candidates(release.isEmpty() ? release : List.of("-o", release.get(0)), plain));
    }
    if (index.wanted()) {
      lines.add(AptIndex.question());
    }
    lines.add(Sh.of(":"));
    return Probe.of(Sh.lines(lines), AptSeen::of);
  }

  @Override
  public Plan plan(AptSeen seen) {
    if (!seen.hasApt()) {
      return Plan.impossible("there is no apt on this host");
    } else if (seen.interrupted()) {
      return Plan.impossible(AptSeen.INTERRUPTED);
    }
    Optional<AptName> lost =
        state == State.ABSENT
            ? Optional.empty()
            : names.stream()
                .filter(n -> n.isPattern() && seen.available().stream().noneMatch(n::fits))
                .findFirst();
    if (lost.isPresent() && !index.isStale(seen.index())) {
      return Plan.lacking("no package fits '" + lost.get().name() + "'");
    }
    return mend(seen).with(apt.risks());
  }

  private Plan mend(AptSeen seen) {
    List<AptName> todo = expanded(seen).stream().filter(name -> !isSatisfied(name, seen)).toList();
    boolean stale = state != State.ABSENT && index.isStale(seen.index());
    if (state == State.LATEST && stale) {
      return Plan.act(
          Change.run("packages", before(names, seen), "newest", deed(expanded(seen), true)),
          this::acted);
    } else if (todo.isEmpty()) {
      return stale && seen.index().isAbsent()
          ? Plan.of(AptRefresh.change(seen.index(), apt))
          : Plan.satisfied();
    }
    return Plan.of(
        Change.run("packages", before(todo, seen), after(todo, seen), deed(todo, stale)));
  }

  /** Each pattern as the packages that fit it: of those that are there, or of those to be had. */
  private List<AptName> expanded(AptSeen seen) {
    List<AptName> expanded = new ArrayList<>();
    for (AptName name : names) {
      if (name.isPattern()) {
        (state == State.ABSENT ? there(seen) : seen.available().stream().sorted().toList())
            .stream().filter(name::fits).map(name::named).forEach(expanded::add);
      } else {
        expanded.add(name);
      }
    }
    return expanded;
  }

  private static List<String> there(AptSeen seen) {
    List<String> there = new ArrayList<>(seen.versions().keySet());
    there.addAll(seen.leftovers());
    return there.stream().filter(name -> !name.contains(":")).sorted().distinct().toList();
  }

  private boolean isSatisfied(AptName name, AptSeen seen) {
    Optional<String> version = seen.version(name.name());
    return switch (state) {
      case ABSENT ->
          version.filter(name::allows).isEmpty()
              && !(purges && seen.leftovers().contains(name.name()));
      case PRESENT -> isThere(name, seen);
      case LATEST -> isThere(name, seen) && isNewest(name, seen);
    };
  }

  private boolean isThere(AptName name, AptSeen seen) {
    return version(name, seen).map(name::allows).orElse(onlyUpgrades);
  }

  private static boolean isNewest(AptName name, AptSeen seen) {
    Optional<String> candidate =
        seen.standIn(name.name()).flatMap(seen::candidate).filter(name::allows);
    return candidate.isEmpty() || candidate.equals(version(name, seen));
  }

  /** A name that is only provided has no version to compare with; what stands in for it has one. */
  private static Optional<String> version(AptName name, AptSeen seen) {
    Optional<String> own = seen.version(name.name());
    return own.isPresent() || !name.operator().isEmpty()
        ? own
        : seen.standIn(name.name()).flatMap(seen::version);
  }

  private static String before(List<AptName> list, AptSeen seen) {
    return list.stream()
        .map(n -> n.name() + " " + version(n, seen).orElse("absent"))
        .collect(Collectors.joining(", "));
  }

  private String after(List<AptName> list, AptSeen seen) {
    return list.stream()
        .map(name -> name.name() + " " + aim(name, seen))
        .collect(Collectors.joining(", "));
  }

  private String aim(AptName name, AptSeen seen) {
    return switch (state) {
      case ABSENT -> purges ? "purged" : "absent";
      case LATEST ->
          seen.standIn(name.name())
              .or(() -> Optional.of(name.name()))
              .flatMap(seen::candidate)
              .orElse("newest");
      case PRESENT ->
          switch (name.operator()) {
            case "" -> "installed";
            case "/" -> "from " + name.operand();
            case "=" -> name.operand();
            default -> name.operator() + " " + name.operand();
          };
    };
  }

  private Sh deed(List<AptName> todo, boolean stale) {
    List<Sh> pieces = new ArrayList<>();
    if (stale) {
      pieces.add(apt.update());
    }
    if (cleans) {
      pieces.add(Sh.of("apt-get clean"));
    }
    pieces.add(
        state == State.ABSENT
            ? apt.get("remove", todo.stream().map(AptName::name).toList())
            : apt.get("install", todo.stream().map(AptName::operandOfApt).toList()));
    return Sh.of("{}\n{}", apt.prelude(), Sh.all(pieces));
  }

  private Acted acted(Output output) {
    return AptReckoned.acted(output);
  }

  @Override
  public ImmutableMap<String, Object> result(AptSeen seen) {
    return seen.index().result();
  }

  @Override
  public Done done(Output output) {
    return AptCommand.done(output);
  }
}
