package dev.belay.cli;

import com.google.common.collect.ImmutableMap;
import dev.belay.cli.ConsoleStyle.Colour;
import dev.belay.module.Step;
import dev.belay.playbook.Meta;
import dev.belay.run.Order;
import dev.belay.run.Outcome;
import dev.belay.run.Recap;
import dev.belay.run.RunListener;
import dev.belay.run.TaskHeader;
import dev.belay.template.Json;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Prints a run as Ansible's users know it: a headline for each play and task, a line for each host,
 * the recap.
 *
 * <p>Hosts are not in step. What comes early is kept until every host that is still at work has
 * come as far.
 */
final class ConsoleListener implements RunListener {
  private final PrintStream out;
  private final ConsoleStyle style;
  private final Operator operator;
  private final TreeMap<Order, Map<String, Line>> waiting = new TreeMap<>();
  private final Map<String, Order> reached = new HashMap<>();
  private Map<String, Integer> places = new HashMap<>();

  private record Line(TaskHeader task, Outcome outcome) {}

  ConsoleListener(PrintStream out, ConsoleStyle style, Operator operator) {
    this.operator = operator;
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
    out.println(RecapText.headline(text));
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
  public void taskRetried(String host, TaskHeader task, int left) {
    out.println(
        "FAILED - RETRYING: ["
            + Visible.line(host)
            + "]: "
            + Visible.line(task.name())
            + " ("
            + left
            + " retries left).");
    out.flush();
  }

  @Override
  public Optional<String> paused(String host, Pause pause) {
    String hidden = pause.echo() == Step.ByEngine.Echo.HIDDEN ? " (output is hidden)" : "";
    pause
        .time()
        .ifPresent(time -> out.println("Pausing for " + time.toSeconds() + " seconds" + hidden));
    if (pause.prompt().isPresent() || pause.time().isEmpty()) {
      String prompt = pause.prompt().orElse("Press enter to continue, Ctrl+C to interrupt");
      out.println("[" + Visible.line(pause.task()) + "]");
      out.println(Visible.block(prompt) + hidden + ":");
    }
    out.flush();
    return pause.time().isEmpty() ? operator.line(pause.echo()) : Optional.empty();
  }

  @Override
  public void told(String host, Meta.Word word, boolean holds) {
    String what = MetaText.of(Visible.line(host), word, holds);
    if (style.verbosity() > 1) {
      out.println("META: " + what);
    }
    if (style.verbosity() > 0 && !holds) {
      out.println(
          "skipping: ["
              + Visible.line(host)
              + "] => "
              + Json.write(ImmutableMap.of("msg", word.text(), "skip_reason", what)));
    }
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
    if (style.verbosity() > 1) {
      out.println("task path: " + Visible.line(task.at().file()) + ":" + task.at().line());
    }
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
    out.println();
    new RecapText(style).lines(recap).forEach(out::println);
    out.flush();
  }
}
