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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A deed whose extent apt itself reckons: all upgrades, what nothing needs, what a build needs,
 * what is broken. The question is apt's simulation; where it has nothing to do, neither have we.
 */
record AptReckoned(
    String verb,
    ImmutableList<String> words,
    ImmutableList<String> operands,
    AptCommand apt,
    AptIndex index)
    implements Resource<AptReckoned.Seen> {
  private static final Pattern INSTALLED =
      Pattern.compile("Inst (\\S+)(?: \\[([^\\]]*)\\])? \\((\\S+).*");
  private static final Pattern REMOVED =
      Pattern.compile("(?:Remv|Purg) (\\S+)(?: \\[([^\\]]*)\\])?.*");
  private static final Pattern DELETED = Pattern.compile("Del (\\S+) (\\S+) \\[.*");
  private static final Pattern BROKEN = Pattern.compile("Conf (\\S+) .*");
  private static final Pattern NOTHING =
      Pattern.compile("(?m)^0 upgraded, 0 newly installed,(?: 0 downgraded,)? 0 to remove");

  /** What apt would do, in order; or why it would not. */
  record Seen(boolean hasApt, ImmutableList<Item> items, String refusal, AptIndex.Seen index) {}

  /** One package and what would come of it. */
  record Item(String name, String before, String after) {}

  @Override
  public Probe<Seen> probe() {
    return Probe.of(
        Sh.lines(
            List.of(
                Sh.of("command -v apt-get >/dev/null || exit 3"),
                index.wanted() ? AptIndex.question() : Sh.of(":"),
                apt.simulated(words, verb, operands))),
        AptReckoned::read);
  }

  private static Seen read(Output output) {
    ImmutableList.Builder<Item> items = ImmutableList.builder();
    List<String> moved = new ArrayList<>();
    for (String line : output.lines()) {
      item(line, moved).ifPresent(items::add);
    }
    boolean failed = output.status() != 0 && output.status() != 3;
    return new Seen(
        output.status() != 3,
        items.build(),
        failed ? output.err().strip() : "",
        AptIndex.Seen.of(output));
  }

  private static Optional<Item> item(String line, List<String> moved) {
    Matcher installed = INSTALLED.matcher(line);
    Matcher removed = REMOVED.matcher(line);
    Matcher deleted = DELETED.matcher(line);
    Matcher broken = BROKEN.matcher(line);
    if (installed.matches()) {
      moved.add(installed.group(1));
      String before = Optional.ofNullable(installed.group(2)).orElse("absent");
      return Optional.of(new Item(installed.group(1), before, installed.group(3)));
    } else if (removed.matches()) {
      String before = Optional.ofNullable(removed.group(2)).orElse("installed");
      return Optional.of(new Item(removed.group(1), before, "absent"));
    } else if (deleted.matches()) {
      return Optional.of(new Item(deleted.group(1), deleted.group(2) + " kept", "deleted"));
    } else if (broken.matches() && !moved.contains(broken.group(1))) {
      return Optional.of(new Item(broken.group(1), "not configured", "configured"));
    }
    return Optional.empty();
  }

  @Override
  public Plan plan(Seen seen) {
    if (!seen.hasApt) {
      return Plan.impossible("there is no apt on this host");
    } else if (index.isStale(seen.index)) {
      return Plan.act(
              Change.run(
                  "package index, then " + verb,
                  seen.index.age(),
                  "renewed",
                  Sh.of("{}\n{} && {}", apt.prelude(), apt.update(), deed())),
              AptReckoned::acted)
          .with(apt.risks());
    } else if (!seen.refusal.isEmpty()) {
      return Plan.impossible(seen.refusal);
    } else if (seen.items.isEmpty()) {
      return Plan.satisfied().with(apt.risks());
    }
    return Plan.of(
            Change.run(
                "packages",
                listed(seen, Item::before),
                listed(seen, Item::after),
                Sh.of("{}\n{}", apt.prelude(), deed())))
        .with(apt.risks());
  }

  private Sh deed() {
    return apt.get(words, verb, operands);
  }

  private static String listed(Seen seen, java.util.function.Function<Item, String> side) {
    return String.join(
        ", ", seen.items.stream().map(item -> item.name + " " + side.apply(item)).toList());
  }

  /** What came of a deed of which apt alone knew beforehand whether there was something to do. */
  static Acted acted(Output output) {
    boolean idle = NOTHING.matcher(output.out()).find();
    return new Acted(
        ImmutableMap.<String, Object>builder()
            .putAll(AptCommand.values(output))
            .put("rc", (long) output.status())
            .buildOrThrow(),
        output.succeeded() ? Optional.empty() : Optional.of(output.err().strip()),
        idle ? Acted.Effect.UNCHANGED : Acted.Effect.CHANGED,
        AptCommand.warnings(output));
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return seen.index.result();
  }

  @Override
  public Done done(Output output) {
    return AptCommand.done(output);
  }
}
