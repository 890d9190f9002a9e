package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.belay.cli.ConsoleStyle.Colour;
import dev.belay.module.Remark;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import dev.belay.run.TaskHeader;
import dev.belay.template.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines of one host's outcome. */
final class OutcomeText {
  /** How many {@code -v} show a result whole. */
  private static final int ALL_OF_IT = 3;

  private final ConsoleStyle style;
  private final String host;
  private final TaskHeader task;

  OutcomeText(ConsoleStyle style, String host, TaskHeader task) {
    this.style = style;
    this.host = host;
    this.task = task;
  }

  List<String> lines(Outcome outcome) {
    List<String> lines = new ArrayList<>();
    if (outcome.items().isEmpty()) {
      lines.addAll(single(outcome, "", outcome.shown()));
    } else {
      outcome
          .items()
          .forEach(
              item ->
                  lines.addAll(
                      single(
                          item.outcome(),
                          " => (item=" + label(item, outcome) + ")",
                          outcome.shown())));
    }
    if (outcome.ignored()) {
      lines.add(style.in(Colour.CYAN, "...ignoring"));
    }
    return lines;
  }

  private static String label(Outcome.Item item, Outcome whole) {
    return whole.hidden() ? "hidden by no_log" : Visible.line(item.label());
  }

  private List<String> single(Outcome outcome, String item, Outcome.Shown whole) {
    List<String> lines = new ArrayList<>();
    boolean hidden = whole.hidden();
    boolean diff = whole.diff().orElse(style.diff());
    if (diff && !hidden) {
      outcome.changes().forEach(change -> lines.addAll(ChangeText.lines(change, style)));
    }
    lines.add(style.in(colour(outcome.status()), headline(outcome, item, hidden)));
    if (!diff && !hidden && outcome.status() == Status.WOULD_CHANGE) {
      outcome.changes().forEach(change -> lines.add("  " + ChangeText.summary(change)));
    }
    (hidden ? ImmutableList.<Remark>of() : outcome.remarks())
        .forEach(
            remark ->
                lines.add(
                    style.in(
                        Colour.PURPLE,
                        "  ["
                            + remark
                                .kind()
                                .name()
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace('_', '-')
                            + "] "
                            + Visible.line(remark.text()))));
    return lines;
  }

  private String headline(Outcome outcome, String item, boolean hidden) {
    String message = hidden ? "" : Visible.line(outcome.message());
    String where =
        "["
            + host
            + outcome.shown().delegate().map(to -> " -> " + Visible.line(to)).orElse("")
            + "]";
    return switch (outcome.status()) {
      case OK, CHANGED -> outcome.status().word() + ": " + where + item + details(outcome, hidden);
      case WOULD_CHANGE -> "would change: " + where + item;
      case SKIPPED -> "skipping: " + where + item;
      case FAILED ->
          (item.isEmpty()
                  ? "fatal: " + where + ": FAILED! => "
                  : "failed: " + where + item.replace(" => ", " ") + " => ")
              + json(outcome, hidden);
      case UNREACHABLE ->
          "fatal: "
              + where
              + ": UNREACHABLE! => "
              + Visible.line(
                  Json.write(
                      ImmutableMap.of(
                          "changed", false, "msg", outcome.message(), "unreachable", true)));
      case UNSUPPORTED, UNVERIFIABLE, UNKNOWN ->
          outcome.status().word() + ": " + where + item + " => " + message;
    };
  }

  /** A failure is shown with all that is known of it. */
  private String json(Outcome outcome, boolean hidden) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("changed", false);
    if (!hidden) {
      shown.putAll(withoutDifferences(outcome));
    }
    shown.put("msg", hidden ? "hidden by no_log" : outcome.message());
    return Visible.line(Json.write(shown));
  }

  private String details(Outcome outcome, boolean hidden) {
    boolean talks = task.module().equals("debug") || style.verbosity() > 0;
    if (!talks || hidden || outcome.result().isEmpty()) {
      return "";
    }
    return " => "
        + (task.module().equals("debug")
            ? pretty(outcome.result())
            : Visible.line(Json.write(withoutDifferences(outcome))));
  }

  /** Who wants to see differences sees them by {@code --diff}. */
  private Map<String, Object> withoutDifferences(Outcome outcome) {
    return style.verbosity() >= ALL_OF_IT
        ? outcome.result()
        : Maps.filterKeys(outcome.result(), key -> !key.equals("diff"));
  }

  private static String pretty(Map<String, Object> result) {
    return Visible.block(Json.pretty(result));
  }

  static Colour colour(Status status) {
    return switch (status) {
      case OK -> Colour.GREEN;
      case CHANGED, WOULD_CHANGE -> Colour.YELLOW;
      case SKIPPED, UNSUPPORTED -> Colour.CYAN;
      case FAILED -> Colour.RED;
      case UNREACHABLE -> Colour.BRIGHT_RED;
      case UNVERIFIABLE, UNKNOWN -> Colour.PURPLE;
    };
  }
}
