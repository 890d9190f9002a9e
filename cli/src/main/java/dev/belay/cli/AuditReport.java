package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.cli.ConsoleStyle.Colour;
import dev.belay.run.Recap;
import dev.belay.run.RunListener;
import dev.belay.run.TaskHeader;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Prints an audit: what was found, the worst first and once for all hosts that it is true of; then
 * a line for each host; then the recap.
 */
final class AuditReport implements RunListener {
  /** So many names and ranges fit on a line or two. */
  private static final int NAMES_LIMIT = 8;

  private static final int NAMES_SHOWN = 6;

  private final PrintStream out;
  private final ConsoleStyle style;
  private final Naming naming;
  private final Found audit;

  /** Whether long lists of hosts are cut. */
  enum Naming {
    CUT,
    ALL
  }

  /** A report of that audit, which hears of the run's end first. */
  AuditReport(PrintStream out, ConsoleStyle style, Naming naming, Found audit) {
    this.out = out;
    this.style = style;
    this.naming = naming;
    this.audit = audit;
  }

  @Override
  public void runDone(Recap recap) {
    headline("AUDIT");
    audit
        .warnings()
        .forEach(text -> out.println(style.in(Colour.PURPLE, "[WARNING]: " + Visible.block(text))));
    ImmutableList<Audit.Group> groups = audit.groups();
    if (recap.hosts().isEmpty()) {
      out.println("no hosts matched: nothing was audited");
    } else if (groups.isEmpty()) {
      out.println(style.in(Colour.GREEN, "nothing to report: all is as the playbooks say"));
    }
    for (FindingKind kind : FindingKind.values()) {
      section(kind, groups.stream().filter(group -> group.finding().kind() == kind).toList());
    }
    hosts(audit.counts());
    out.println();
    new RecapText(style).lines(recap).forEach(out::println);
    out.flush();
  }

  private void headline(String text) {
    out.println();
    out.println(RecapText.headline(text));
  }

  private void section(FindingKind kind, List<Audit.Group> groups) {
    if (groups.isEmpty()) {
      return;
    }
    Set<String> hosts = new TreeSet<>();
    groups.forEach(group -> hosts.addAll(group.hosts()));
    out.println();
    out.println(
        style.in(
            colour(kind),
            kind.word().toUpperCase(Locale.ROOT)
                + ": "
                + counted(groups.size(), "finding")
                + " on "
                + counted(hosts.size(), "host")));
    Map<Object, List<Audit.Group>> tasks = new LinkedHashMap<>();
    groups.forEach(
        group -> tasks.computeIfAbsent(group.finding().at(), at -> new ArrayList<>()).add(group));
    tasks.values().forEach(this::task);
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** All findings of one kind that a task has. */
  private void task(List<Audit.Group> groups) {
    TaskHeader task = groups.get(0).task();
    out.println(
        "  " + Visible.line(task.name()) + "  (" + Visible.line(task.at().toString()) + ")");
    task.source().ifPresent(text -> out.println("    source: " + Visible.line(text)));
    task.why().ifPresent(text -> out.println("    why: " + Visible.line(text)));
    Map<Object, List<Audit.Group>> blocks = new LinkedHashMap<>();
    groups.forEach(
        group -> blocks.computeIfAbsent(blockOf(group), key -> new ArrayList<>()).add(group));
    blocks.values().forEach(this::block);
  }

  /** What is true of the same hosts is shown under one line of them. */
  private static ImmutableList<Object> blockOf(Audit.Group group) {
    Finding finding = group.finding();
    return ImmutableList.of(group.hosts(), finding.text(), finding.remarks(), finding.item());
  }

  private void block(List<Audit.Group> groups) {
    Audit.Group first = groups.get(0);
    out.println("    " + counted(first.hosts().size(), "host") + ": " + names(first.hosts()));
    groups.forEach(group -> text(group.finding()).forEach(line -> out.println("      " + line)));
    Finding finding = first.finding();
    if (finding.difference().isPresent() && !finding.text().isEmpty()) {
      out.println("      " + Visible.line(finding.text()));
    }
    finding
        .remarks()
        .forEach(
            remark ->
                out.println(
                    "      "
                        + style.in(
                            Colour.PURPLE,
                            "["
                                + FindingKind.of(remark.kind()).word()
                                + "] "
                                + Visible.line(remark.text()))));
    groups.stream()
        .map(Audit.Group::values)
        .filter(values -> !values.isEmpty())
        .distinct()
        .forEach(values -> out.println("      (" + values.line() + ")"));
  }

  private List<String> text(Finding finding) {
    if (finding.difference().isPresent()) {
      return difference(finding.difference().get());
    }
    String item = finding.item().isEmpty() ? "" : Visible.line(finding.item()) + ": ";
    String text = finding.text().isEmpty() ? finding.kind().word() : finding.text();
    return List.of(item + Visible.line(text));
  }

  private List<String> difference(Finding.Difference difference) {
    boolean lines = difference.before().contains("\n") || difference.after().contains("\n");
    if (lines && style.diff()) {
      return ChangeText.lines(difference.change(), style);
    }
    String what = Visible.line(difference.what()) + ": ";
    return List.of(
        lines
            ? what + "content differs"
            : what + value(difference.before()) + ", wanted " + value(difference.after()));
  }

  private static String value(String text) {
    return text.isEmpty() ? "(empty)" : Visible.line(text);
  }

  private String names(List<String> hosts) {
    List<String> names = HostNames.compact(hosts);
    boolean cut = naming == Naming.CUT && names.size() > NAMES_LIMIT;
    String shown =
        names.stream()
            .limit(cut ? NAMES_SHOWN : names.size())
            .map(Visible::line)
            .collect(Collectors.joining(", "));
    return cut ? shown + ", and " + (names.size() - NAMES_SHOWN) + " more (--all-hosts)" : shown;
  }

  private void hosts(ImmutableMap<String, ImmutableMap<FindingKind, Integer>> counts) {
    headline("HOSTS");
    int width = RecapText.nameWidth(counts.keySet());
    Comparator<Map.Entry<String, ImmutableMap<FindingKind, Integer>>> worstFirst =
        Comparator.comparingInt(
            e -> worst(e.getValue()).map(FindingKind::ordinal).orElse(Integer.MAX_VALUE));
    counts.entrySet().stream()
        .sorted(worstFirst)
        .forEach(entry -> out.println(host(entry.getKey(), entry.getValue(), width)));
  }

  private static Optional<FindingKind> worst(Map<FindingKind, Integer> counts) {
    return counts.keySet().stream().min(Comparator.naturalOrder());
  }

  private String host(String host, Map<FindingKind, Integer> counts, int width) {
    Colour colour = worst(counts).map(AuditReport::colour).orElse(Colour.GREEN);
    String all =
        counts.entrySet().stream()
            .map(entry -> entry.getKey().word() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
    return new RecapText(style).named(host, colour, width)
        + (all.isEmpty() ? "as it should be" : all);
  }

  private static Colour colour(FindingKind kind) {
    return switch (kind) {
      case FAILED -> Colour.RED;
      case UNREACHABLE -> Colour.BRIGHT_RED;
      case DRIFT, SHADOWED, RESTART_NEEDED -> Colour.YELLOW;
      case RISK, HANDLED, UNVERIFIABLE, UNKNOWN -> Colour.PURPLE;
      case UNSUPPORTED, NOTE -> Colour.CYAN;
    };
  }
}
