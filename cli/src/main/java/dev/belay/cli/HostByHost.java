package dev.belay.cli;

import dev.belay.run.Outcome;
import dev.belay.run.RunListener;
import dev.belay.run.TaskHeader;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints lines for each host in the order of the inventory, as soon as all before it are done. */
final class HostByHost implements RunListener {
  private final PrintStream out;
  private final Lines lines;
  private final Deque<String> toCome = new ArrayDeque<>();
  private final Map<String, List<String>> texts = new HashMap<>();
  private final Set<String> done = new HashSet<>();

  /** What is printed of a host. */
  interface Lines {
    List<String> of(String host, TaskHeader task, Outcome outcome);
  }

  HostByHost(PrintStream out, Lines lines) {
    this.out = out;
    this.lines = lines;
  }

  @Override
  public void playStarted(PlayStart play) {
    toCome.addAll(play.hosts());
  }

  @Override
  public void taskDone(String host, TaskHeader task, Outcome outcome) {
    texts.put(host, lines.of(host, task, outcome));
  }

  @Override
  public void hostDone(String host) {
    done.add(host);
    while (!toCome.isEmpty() && done.contains(toCome.peek())) {
      texts.getOrDefault(toCome.remove(), List.of()).forEach(out::println);
    }
    out.flush();
  }

  @Override
  public void warning(String text) {
    out.println("[WARNING]: " + Visible.block(text));
  }
}
