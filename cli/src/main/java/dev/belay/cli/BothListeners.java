package dev.belay.cli;

import dev.belay.run.Outcome;
import dev.belay.run.Recap;
import dev.belay.run.RunListener;
import dev.belay.run.TaskHeader;

/** Hands every event to two listeners. */
record BothListeners(RunListener first, RunListener second) implements RunListener {
  @Override
  public void playStarted(PlayStart play) {
    first.playStarted(play);
    second.playStarted(play);
  }

  @Override
  public void taskDone(String host, TaskHeader task, Outcome outcome) {
    first.taskDone(host, task, outcome);
    second.taskDone(host, task, outcome);
  }

  @Override
  public void hostDone(String host) {
    first.hostDone(host);
    second.hostDone(host);
  }

  @Override
  public void playDone() {
    first.playDone();
    second.playDone();
  }

  @Override
  public void warning(String text) {
    first.warning(text);
    second.warning(text);
  }

  @Override
  public void runDone(Recap recap) {
    first.runDone(recap);
    second.runDone(recap);
  }
}
