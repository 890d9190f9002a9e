package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Change;
import dev.belay.run.Outcome;
import dev.belay.run.Recap;
import dev.belay.run.RunOptions;
import dev.belay.run.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A run as JUnit's XML, which build servers show: a suite for each host, a case for each of its
 * tasks. What makes an audit end with 2 or 3 is a failure there, an unreachable host an error.
 */
final class JunitReport extends Verdicts {
  private final String command;
  private final Consumer<String> whole;
  private final Map<String, List<Case>> suites = new LinkedHashMap<>();

  /**
   * Starts a report.
   *
   * @param command what it is a report of: run, check or audit
   * @param whole takes the document when it is there
   */
  JunitReport(String command, RunOptions.Mode mode, Consumer<String> whole) {
    super(mode);
    this.command = command;
    this.whole = whole;
  }

  /** How a case ended. */
  enum Ending {
    PASSED,
    SKIPPED,
    FAILURE,
    ERROR
  }

  /**
   * One task on one host.
   *
   * @param type the kind of finding that made it end so
   * @param message one line
   * @param text all that is to be said
   */
  record Case(
      String play,
      String name,
      Duration took,
      Ending ending,
      String type,
      String message,
      String text) {}

  @Override
  public void playStarted(PlayStart start) {
    super.playStarted(start);
    start.hosts().forEach(host -> suites.computeIfAbsent(host, name -> new ArrayList<>()));
  }

  @Override
  void judged(Verdict verdict) {
    suites.computeIfAbsent(verdict.host(), name -> new ArrayList<>()).add(caseOf(verdict));
  }

  @Override
  void broken(String host) {
    Finding finding = Findings.ofBrokenHost().get(0).finding();
    suites
        .computeIfAbsent(host, name -> new ArrayList<>())
        .add(
            new Case(
                "belay",
                "outside of any task",
                Duration.ZERO,
                Ending.FAILURE,
                finding.kind().word(),
                finding.text(),
                finding.text()));
  }

  private static Case caseOf(Verdict verdict) {
    Outcome outcome = verdict.outcome();
    ImmutableList<Finding> findings =
        verdict.findings().stream()
            .map(Findings.Found::finding)
            .sorted(java.util.Comparator.comparing(Finding::kind))
            .collect(ImmutableList.toImmutableList());
    boolean skipped = outcome.status() == Status.SKIPPED && findings.isEmpty();
    String type = findings.isEmpty() ? "" : findings.get(0).kind().word();
    String reason = outcome.hidden() ? Findings.HIDDEN : outcome.message();
    return new Case(
        verdict.play(),
        verdict.task().name(),
        outcome.took(),
        findings.isEmpty()
            ? skipped ? Ending.SKIPPED : Ending.PASSED
            : ending(findings.get(0).kind()),
        type,
        findings.isEmpty() ? reason : line(findings.get(0)),
        text(verdict, findings));
  }

  static Ending ending(FindingKind kind) {
    return switch (kind) {
      case FAILED, DRIFT, SHADOWED, RESTART_NEEDED -> Ending.FAILURE;
      case UNREACHABLE -> Ending.ERROR;
      case HANDLED, UNVERIFIABLE, UNKNOWN, UNSUPPORTED -> Ending.SKIPPED;
      case RISK, NOTE -> Ending.PASSED;
    };
  }

  private static String line(Finding finding) {
    String item = finding.item().isEmpty() ? "" : finding.item() + ": ";
    return finding
        .difference()
        .map(difference -> ChangeText.summary(difference.change()))
        .orElse(item + Visible.line(finding.text()));
  }

  private static String text(Verdict verdict, List<Finding> findings) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      lines.add("[" + finding.kind().word() + "] " + line(finding));
      finding
          .remarks()
          .forEach(
              r ->
                  lines.add("[" + FindingKind.of(r.kind()).word() + "] " + Visible.line(r.text())));
    }
    boolean changed = verdict.outcome().status() == Status.CHANGED;
    if (changed && findings.stream().noneMatch(f -> f.kind() == FindingKind.DRIFT)) {
      for (Change change : verdict.outcome().changes()) {
        lines.add("[changed] " + ChangeText.summary(change));
      }
    }
    lines.add("at " + verdict.task().at());
    verdict.task().source().ifPresent(source -> lines.add("source: " + Visible.line(source)));
    verdict.task().why().ifPresent(why -> lines.add("why: " + Visible.line(why)));
    return lines.stream().distinct().collect(Collectors.joining("\n"));
  }

  @Override
  void allJudged(Recap recap) {
    LinkedHashMap<String, ImmutableList<Case>> named = new LinkedHashMap<>();
    suites.forEach((host, cases) -> named.put(host, distinct(cases)));
    whole.accept(new JunitXml(command).document(named, recap.took()));
  }

  /** Build servers take two cases of one name for the same. */
  private static ImmutableList<Case> distinct(List<Case> cases) {
    Map<String, Integer> seen = new HashMap<>();
    ImmutableList.Builder<Case> named = ImmutableList.builder();
    for (Case one : cases) {
      int number = seen.merge(one.play + "\0" + one.name, 1, Integer::sum);
      String name = number == 1 ? one.name : one.name + " #" + number;
      named.add(new Case(one.play, name, one.took, one.ending, one.type, one.message, one.text));
    }
    return named.build();
  }
}
