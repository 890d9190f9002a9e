package dev.belay.run;

import dev.belay.playbook.Meta;
import java.util.Optional;

/** Hands events of many threads to a listener one at a time. */
final class OneAtATime implements RunListener {
  private final RunListener listener;

  OneAtATime(RunListener listener) {
    this.listener = listener;
  }

  @Override
  public synchronized void playStarted(PlayStart play) {
    listener.playStarted(play);
  }

  @Override
  public synchronized void taskDone(String host, TaskHeader task, Outcome outcome) {
    listener.taskDone(host, task, outcome);
  }

  @Override
  public synchronized void taskRetried(String host, TaskHeader task, int left) {
    listener.taskRetried(host, task, left);
  }

  @Override
  public synchronized Optional<String> paused(String host, Pause pause) {
    return listener.paused(host, pause);
  }

  @Override
  public synchronized void told(String host, Meta.Word word, boolean holds) {
    listener.told(host, word, holds);
  }

  @Override
  public synchronized void rescued(String host) {
    listener.rescued(host);
  }

  @Override
  public synchronized void hostDone(String host) {
    listener.hostDone(host);
  }

  @Override
  public synchronized void playDone() {
    listener.playDone();
  }

  @Override
  public synchronized void warning(String text) {
    listener.warning(text);
  }

  @Override
  public synchronized void runDone(Recap recap) {
    listener.runDone(recap);
  }
}
