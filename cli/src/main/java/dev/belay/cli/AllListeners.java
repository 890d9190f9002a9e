package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import dev.belay.playbook.Meta;
import dev.belay.run.Outcome;
import dev.belay.run.Recap;
import dev.belay.run.RunListener;
import dev.belay.run.TaskHeader;
import java.util.Optional;

/** Hands every event to several listeners, in their order. */
record AllListeners(ImmutableList<RunListener> all) implements RunListener {
  @Override
  public void playStarted(PlayStart play) {
    all.forEach(listener -> listener.playStarted(play));
  }

  @Override
  public void taskDone(String host, TaskHeader task, Outcome outcome) {
    all.forEach(listener -> listener.taskDone(host, task, outcome));
  }

  @Override
  public void taskRetried(String host, TaskHeader task, int left) {
    all.forEach(listener -> listener.taskRetried(host, task, left));
  }

  /** Whoever answers first is believed; all hear of it. */
  @Override
  public Optional<String> paused(String host, Pause pause) {
    Optional<String> answer = Optional.empty();
    for (RunListener listener : all) {
      Optional<String> own = listener.paused(host, pause);
      answer = answer.or(() -> own);
    }
    return answer;
  }

  @Override
  public void told(String host, Meta.Word word, boolean holds) {
    all.forEach(listener -> listener.told(host, word, holds));
  }

  @Override
  public void rescued(String host) {
    all.forEach(listener -> listener.rescued(host));
  }

  @Override
  public void hostDone(String host) {
    all.forEach(listener -> listener.hostDone(host));
  }

  @Override
  public void playDone() {
    all.forEach(RunListener::playDone);
  }

  @Override
  public void warning(String text) {
    all.forEach(listener -> listener.warning(text));
  }

  @Override
  public void runDone(Recap recap) {
    all.forEach(listener -> listener.runDone(recap));
  }
}
