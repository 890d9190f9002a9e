package dev.belay.cli;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the audits of all shards found, the same of all hosts once. */
final class JoinedFindings implements Found {
  private final ShardReports reports;
  private final Map<Finding, Joined> found = new LinkedHashMap<>();
  private final Map<Position, Integer> places = new LinkedHashMap<>();

  /** A finding as all shards have it. */
  private record Joined(ReportEvent first, Set<String> hosts, Set<KnobValues> values) {}

  JoinedFindings(ShardReports reports) {
    this.reports = reports;
    reports.parts().forEach(part -> part.findings().forEach(this::add));
  }

  private void add(ReportEvent event) {
    Finding finding = event.finding();
    places.putIfAbsent(finding.at(), places.size());
    Joined joined =
        found.computeIfAbsent(
            finding, key -> new Joined(event, new TreeSet<>(HostNames.ORDER), new HashSet<>()));
    joined.hosts.addAll(event.texts("hosts"));
    joined.values.add(event.values());
  }

  @Override
  public ImmutableList<String> warnings() {
    return reports.warnings();
  }

  /** Tasks in the order in which the reports first name them. */
  @Override
  public ImmutableList<Audit.Group> groups() {
    Comparator<Audit.Group> order =
        Comparator.comparing((Audit.Group group) -> group.finding().kind())
            .thenComparing(group -> places.get(group.finding().at()))
            .thenComparing(group -> group.hosts().get(0), HostNames.ORDER);
    return found.entrySet().stream()
        .map(entry -> group(entry.getKey(), entry.getValue()))
        .sorted(order)
        .collect(toImmutableList());
  }

  private static Audit.Group group(Finding finding, Joined joined) {
    return new Audit.Group(
        finding,
        joined.first.text("play"),
        joined.first.task(),
        ImmutableList.copyOf(joined.hosts),
        joined.values.size() == 1 ? joined.values.iterator().next() : KnobValues.none());
  }

  @Override
  public ImmutableMap<String, ImmutableMap<FindingKind, Integer>> counts() {
    Map<String, Map<FindingKind, Integer>> counts = new TreeMap<>(HostNames.ORDER);
    reports
        .recap()
        .hosts()
        .keySet()
        .forEach(host -> counts.put(host, new EnumMap<>(FindingKind.class)));
    found.forEach(
        (finding, joined) ->
            joined.hosts.forEach(
                host ->
                    counts
                        .computeIfAbsent(host, name -> new EnumMap<>(FindingKind.class))
                        .merge(finding.kind(), 1, Integer::sum)));
    ImmutableMap.Builder<String, ImmutableMap<FindingKind, Integer>> all = ImmutableMap.builder();
    counts.forEach((host, kinds) -> all.put(host, ImmutableMap.copyOf(kinds)));
    return all.buildOrThrow();
  }
}
