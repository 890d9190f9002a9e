package dev.belay.cli;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.belay.module.Change;
import dev.belay.module.Remark;
import dev.belay.playbook.Meta;
import dev.belay.run.Outcome;
import dev.belay.run.Recap;
import dev.belay.run.RunListener;
import dev.belay.run.TaskHeader;
import dev.belay.vault.Secrets;
import java.util.Optional;

/** Hands events on with all secrets masked: no output behind it ever has one. */
record MaskedListener(Secrets secrets, RunListener behind) implements RunListener {
  @Override
  public void playStarted(PlayStart play) {
    behind.playStarted(new PlayStart(masked(play.name()), play.at(), play.hosts()));
  }

  @Override
  public void taskDone(String host, TaskHeader task, Outcome outcome) {
    behind.taskDone(host, masked(task), masked(outcome));
  }

  @Override
  public void taskRetried(String host, TaskHeader task, int left) {
    behind.taskRetried(host, masked(task), left);
  }

  @Override
  public Optional<String> paused(String host, Pause pause) {
    return behind.paused(
        host,
        new Pause(
            masked(pause.task()), pause.time(), pause.prompt().map(this::masked), pause.echo()));
  }

  @Override
  public void told(String host, Meta.Word word, boolean holds) {
    behind.told(host, word, holds);
  }

  @Override
  public void rescued(String host) {
    behind.rescued(host);
  }

  @Override
  public void hostDone(String host) {
    behind.hostDone(host);
  }

  @Override
  public void playDone() {
    behind.playDone();
  }

  @Override
  public void warning(String text) {
    behind.warning(masked(text));
  }

  @Override
  public void runDone(Recap recap) {
    behind.runDone(
        new Recap(
            recap.hosts(),
            ImmutableMap.copyOf(Maps.transformValues(recap.stats(), this::masked)),
            recap.took()));
  }

  private String masked(String text) {
    return secrets.masked(text);
  }

  private ImmutableMap<String, Object> masked(ImmutableMap<String, Object> values) {
    ImmutableMap.Builder<String, Object> masked = ImmutableMap.builder();
    values.forEach((name, value) -> masked.put(name, secrets.masked(value)));
    return masked.buildOrThrow();
  }

  private TaskHeader masked(TaskHeader task) {
    return new TaskHeader(
        task.order(),
        task.kind(),
        masked(task.name()),
        task.module(),
        task.at(),
        task.source(),
        task.why());
  }

  private Outcome masked(Outcome outcome) {
    return new Outcome(
        outcome.status(),
        masked(outcome.result()),
        outcome.changes().stream().map(this::masked).collect(toImmutableList()),
        outcome.remarks().stream().map(this::masked).collect(toImmutableList()),
        masked(outcome.message()),
        items(outcome),
        outcome.ignored(),
        outcome.shown(),
        outcome.took());
  }

  private Change masked(Change change) {
    return new Change(
        masked(change.what()), masked(change.before()), masked(change.after()), change.steps());
  }

  private Remark masked(Remark remark) {
    return new Remark(remark.kind(), masked(remark.text()));
  }

  private ImmutableList<Outcome.Item> items(Outcome outcome) {
    return outcome.items().stream()
        .map(item -> new Outcome.Item(masked(item.label()), masked(item.outcome())))
        .collect(toImmutableList());
  }
}
