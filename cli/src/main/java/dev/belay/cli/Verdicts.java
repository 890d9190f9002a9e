package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import dev.belay.run.Outcome;
import dev.belay.run.Recap;
import dev.belay.run.RunListener;
import dev.belay.run.RunOptions;
import dev.belay.run.Tally;
import dev.belay.run.TaskHeader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Hears a run as a report needs it: every outcome with its findings, and a failure only when it is
 * known whether the playbook rescues it.
 */
abstract class Verdicts implements RunListener {
  private final Map<String, Verdict> undecided = new HashMap<>();
  private final Map<String, Integer> failures = new HashMap<>();
  private Optional<PlayStart> play = Optional.empty();
  private final RunOptions.Mode mode;
  private int plays;

  Verdicts(RunOptions.Mode mode) {
    this.mode = mode;
  }

  /**
   * An outcome and what is to be said of it.
   *
   * @param play its name
   * @param playNumber counted from 1
   */
  record Verdict(
      String play,
      int playNumber,
      String host,
      TaskHeader task,
      Outcome outcome,
      ImmutableList<Findings.Found> findings) {

    private Verdict with(ImmutableList<Findings.Found> others) {
      return new Verdict(play, playNumber, host, task, outcome, others);
    }
  }

  /** Outcomes of one host come in their order. */
  abstract void judged(Verdict verdict);

  /** A mistake ended the host outside of any task; warnings have told of it. */
  abstract void broken(String host);

  /** All is judged. */
  abstract void allJudged(Recap recap);

  @Override
  public void playStarted(PlayStart start) {
    play = Optional.of(start);
    plays++;
  }

  @Override
  public final void taskDone(String host, TaskHeader task, Outcome outcome) {
    decide(host);
    String name = play.map(PlayStart::name).orElse("");
    undecided.put(
        host,
        new Verdict(name, plays, host, task, outcome, findings(task, outcome, Findings.Care.NONE)));
  }

  @Override
  public final void rescued(String host) {
    undecided.computeIfPresent(
        host,
        (name, verdict) ->
            verdict.with(findings(verdict.task, verdict.outcome, Findings.Care.RESCUED)));
    decide(host);
  }

  private ImmutableList<Findings.Found> findings(
      TaskHeader task, Outcome outcome, Findings.Care care) {
    return new Findings(mode, task.at(), care).of(outcome);
  }

  @Override
  public void hostDone(String host) {
    decide(host);
  }

  private void decide(String host) {
    Optional.ofNullable(undecided.remove(host)).ifPresent(this::decided);
  }

  private void decided(Verdict verdict) {
    boolean failed =
        verdict.findings.stream().anyMatch(f -> f.finding().kind() == FindingKind.FAILED);
    failures.merge(verdict.host, failed ? 1 : 0, Integer::sum);
    judged(verdict);
  }

  @Override
  public final void runDone(Recap recap) {
    recap.hosts().forEach(this::refuseSilence);
    allJudged(recap);
  }

  /** A failure that the recap counts and no task had. */
  private void refuseSilence(String host, Tally tally) {
    if (tally.failed() > failures.getOrDefault(host, 0)) {
      broken(host);
    }
  }
}
