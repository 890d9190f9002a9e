package dev.belay.cli;

import dev.belay.cli.ConsoleStyle.Colour;
import dev.belay.run.Order;
import dev.belay.run.Outcome;
import dev.belay.run.Recap;
import dev.belay.run.RunListener;
import dev.belay.run.Tally;
import dev.belay.run.TaskHeader;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints a run as Ansible's users know it: a headline for each play and task, a line for each host,
 * the recap.
 *
 * <p>Hosts are not in step. What comes early is kept until every host that is still at work has
 * come as far.
 */
final class ConsoleListener implements RunListener {
  private static final int WIDTH = 79;

  private final PrintStream out;
  private final ConsoleStyle style;
  private final TreeMap<Order, Map<String, Line>> waiting = new TreeMap<>();
  private final Map<String, Order> reached = new HashMap<>();
  private Map<String, Integer> places = new HashMap<>();

  private record Line(TaskHeader task, Outcome outcome) {}

  ConsoleListener(PrintStream out, ConsoleStyle style) {
    this.out = out;
    this.style = style;
  }

  @Override
  public void playStarted(PlayStart play) {
    headline("PLAY [" + Visible.line(play.name()) + "]");
    places = new LinkedHashMap<>();
    play.hosts().forEach(host -> places.put(host, places.size()));
    play.hosts().forEach(host -> reached.put(host, Order.of(-1)));
    if (play.hosts().isEmpty()) {
      out.println("skipping: no hosts matched");
    }
    out.flush();
  }

  private void headline(String text) {
    out.println();
    out.println(text + " " + "*".repeat(Math.max(3, WIDTH - text.length())));
  }

  @Override
  public void taskDone(String host, TaskHeader task, Outcome outcome) {
    waiting
        .computeIfAbsent(task.order(), order -> new HashMap<>())
        .put(host, new Line(task, outcome));
    reached.put(host, task.order());
    release();
  }

  @Override
  public void hostDone(String host) {
    reached.remove(host);
    release();
  }

  @Override
  public void playDone() {
    reached.clear();
    release();
  }

  private void release() {
    while (!waiting.isEmpty() && isComplete(waiting.firstKey())) {
      show(waiting.pollFirstEntry().getValue());
    }
    out.flush();
  }

  private boolean isComplete(Order order) {
    for (Order place : reached.values()) {
      if (place.compareTo(order) < 0) {
        return false;
      }
    }
    return true;
  }

  private void show(Map<String, Line> lines) {
    TaskHeader task = lines.values().iterator().next().task;
    headline(task.kind().headline() + " [" + Visible.line(task.name()) + "]");
    lines.entrySet().stream()
        .sorted((a, b) -> Integer.compare(place(a.getKey()), place(b.getKey())))
        .forEach(entry -> show(entry.getKey(), entry.getValue().task, entry.getValue().outcome));
  }

  private int place(String host) {
    return places.getOrDefault(host, Integer.MAX_VALUE);
  }

  private void show(String host, TaskHeader task, Outcome outcome) {
    OutcomeText text = new OutcomeText(style, Visible.line(host), task);
    text.lines(outcome).forEach(out::println);
  }

  @Override
  public void warning(String text) {
    out.println(style.in(Colour.PURPLE, "[WARNING]: " + Visible.block(text)));
  }

  @Override
  public void runDone(Recap recap) {
    headline("PLAY RECAP");
    int width = recap.hosts().keySet().stream().mapToInt(String::length).max().orElse(0);
    recap.hosts().forEach((host, tally) -> out.println(line(host, tally, Math.max(26, width))));
    out.println();
    out.printf(
        java.util.Locale.ROOT,
        "%d hosts in %.1f s, %d round trips after connecting%n",
        recap.hosts().size(),
        recap.took().toMillis() / 1000.0,
        recap.total(Tally::roundTrips));
    out.flush();
  }

  private String line(String host, Tally tally, int width) {
    Colour colour =
        tally.failed() > 0
            ? Colour.RED
            : tally.unreachable() > 0
                ? Colour.BRIGHT_RED
                : tally.changed() > 0 ? Colour.YELLOW : Colour.GREEN;
    StringBuilder line = new StringBuilder(style.in(colour, Visible.line(host)));
    line.append(" ".repeat(Math.max(0, width - host.length()))).append(" : ");
    line.append(
        String.format(
            "ok=%-4d changed=%-4d unreachable=%-4d failed=%-4d skipped=%-4d rescued=%-4d ignored=%-4d",
            tally.ok(),
            tally.changed(),
            tally.unreachable(),
            tally.failed(),
            tally.skipped(),
            tally.rescued(),
            tally.ignored()));
    counter(line, "unsupported", tally.unsupported());
    counter(line, "unverifiable", tally.unverifiable());
    counter(line, "unknown", tally.unknown());
    return line.toString().stripTrailing();
  }

  private static void counter(StringBuilder line, String name, int count) {
    if (count > 0) {
      line.append(name).append('=').append(count).append(' ');
    }
  }
}
