package dev.belay.cli;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.run.Order;
import dev.belay.run.Recap;
import dev.belay.run.RunOptions;
import dev.belay.run.TaskHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a check found, put together over all hosts. It keeps findings and never outcomes: a fleet's
 * equal findings are kept once.
 *
 * <p>Whatever the order in which hosts come, the report is the same.
 */
final class Audit extends Verdicts implements Found {
  private final Map<String, Integer> ranks = new HashMap<>();
  private final List<String> hosts = new ArrayList<>();
  private final Map<Finding, Gathering> found = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();

  Audit() {
    super(RunOptions.Mode.CHECK);
  }

  /**
   * A finding and where it was found.
   *
   * @param task as the first of the hosts has it
   * @param hosts in the order of the inventory
   * @param values of the setting, where all hosts have the same
   */
  record Group(
      Finding finding,
      String play,
      TaskHeader task,
      ImmutableList<String> hosts,
      KnobValues values) {}

  /** Where in the run it stands: the play, the task, and which of its findings it is. */
  private record Place(int play, Order order, int index) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingInt(Place::play)
            .thenComparing(Place::order)
            .thenComparingInt(Place::index);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** A group while hosts still come. */
  private static final class Gathering {
    private final TreeSet<Integer> ranks = new TreeSet<>();
    private final Set<KnobValues> values = new HashSet<>();
    private Place place;
    private String play;
    private TaskHeader task;

    private Gathering(Place place, String play, TaskHeader task) {
      this.place = place;
      this.play = play;
      this.task = task;
    }

    private void add(int rank, Place where, String itsPlay, TaskHeader itsTask, KnobValues seen) {
      if (!ranks.isEmpty() && rank < ranks.first()) {
        play = itsPlay;
        task = itsTask;
      }
      if (where.compareTo(place) < 0) {
        place = where;
      }
      ranks.add(rank);
      values.add(seen);
    }
  }

  @Override
  public void playStarted(PlayStart start) {
    super.playStarted(start);
    start.hosts().forEach(this::rank);
  }

  private int rank(String host) {
    return ranks.computeIfAbsent(
        host,
        name -> {
          hosts.add(name);
          return hosts.size() - 1;
        });
  }

  @Override
  void judged(Verdict verdict) {
    int index = 0;
    for (Findings.Found one : verdict.findings()) {
      Place place = new Place(verdict.playNumber(), verdict.task().order(), index++);
      add(one, place, verdict.host(), verdict.play(), verdict.task());
    }
  }

  private void add(Findings.Found one, Place place, String host, String play, TaskHeader task) {
    found
        .computeIfAbsent(one.finding(), finding -> new Gathering(place, play, task))
        .add(rank(host), place, play, task, one.values());
  }

  @Override
  void broken(String host) {
    TaskHeader none =
        new TaskHeader(
            Order.of(-1),
            TaskHeader.Kind.TASK,
            "outside of any task",
            "none",
            Position.of("the host"),
            Optional.empty(),
            Optional.empty());
    Findings.ofBrokenHost().forEach(one -> add(one, new Place(0, none.order(), 0), host, "", none));
  }

  @Override
  public void warning(String text) {
    warnings.add(text);
  }

  @Override
  void allJudged(Recap recap) {}

  @Override
  public ImmutableList<String> warnings() {
    return ImmutableList.copyOf(warnings);
  }

  @Override
  public ImmutableList<Group> groups() {
    Comparator<Map.Entry<Finding, Gathering>> order =
        Comparator.comparing((Map.Entry<Finding, Gathering> e) -> e.getKey().kind())
            .thenComparing(e -> e.getValue().place)
            .thenComparing(e -> e.getValue().ranks.first());
    return found.entrySet().stream()
        .sorted(order)
        .map(entry -> group(entry.getKey(), entry.getValue()))
        .collect(toImmutableList());
  }

  private Group group(Finding finding, Gathering gathering) {
    return new Group(
        finding,
        gathering.play,
        gathering.task,
        gathering.ranks.stream().map(hosts::get).collect(toImmutableList()),
        gathering.values.size() == 1 ? gathering.values.iterator().next() : KnobValues.none());
  }

  /** Hosts as in the inventory. */
  @Override
  public ImmutableMap<String, ImmutableMap<FindingKind, Integer>> counts() {
    Map<String, EnumMap<FindingKind, Integer>> counts = new LinkedHashMap<>();
    hosts.forEach(host -> counts.put(host, new EnumMap<>(FindingKind.class)));
    found.forEach(
        (finding, gathering) ->
            gathering.ranks.forEach(
                rank -> counts.get(hosts.get(rank)).merge(finding.kind(), 1, Integer::sum)));
    return counts.entrySet().stream()
        .collect(toImmutableMap(Map.Entry::getKey, e -> ImmutableMap.copyOf(e.getValue())));
  }
}
