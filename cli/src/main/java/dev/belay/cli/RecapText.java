package dev.belay.cli;

import dev.belay.cli.ConsoleStyle.Colour;
import dev.belay.run.Recap;
import dev.belay.run.Tally;
import dev.belay.template.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The end of what the console shows: Ansible's recap lines, which people and scripts read. */
record RecapText(ConsoleStyle style) {
  private static final int WIDTH = 79;
  private static final int NAME_WIDTH = 26;

  /** A headline, as Ansible draws it. */
  static String headline(String text) {
    return text + " " + "*".repeat(Math.max(3, WIDTH - text.length()));
  }

  List<String> lines(Recap recap) {
    List<String> lines = new ArrayList<>();
    lines.add(headline("PLAY RECAP"));
    int width = nameWidth(recap.hosts().keySet());
    recap.hosts().forEach((host, tally) -> lines.add(line(host, tally, width)));
    stats(recap, lines);
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%d hosts in %.1f s, %d round trips after connecting",
            recap.hosts().size(),
            recap.took().toMillis() / 1000.0,
            recap.total(Tally::roundTrips)));
    return lines;
  }

  /** What {@code set_stats} collected, as Ansible shows it where it is told to. */
  private static void stats(Recap recap, List<String> lines) {
    if (recap.stats().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("CUSTOM STATS: " + "*".repeat(WIDTH - "CUSTOM STATS: ".length()));
    recap
        .stats()
        .forEach(
            (host, values) -> {
              String whose = host.equals(Recap.WHOLE_RUN) ? "RUN" : Visible.line(host);
              lines.add("\t" + whose + ": " + Visible.block(Json.write(values)));
            });
  }

  /** How wide the column of names is. */
  static int nameWidth(Iterable<String> hosts) {
    int width = NAME_WIDTH;
    for (String host : hosts) {
      width = Math.max(width, Visible.line(host).length());
    }
    return width;
  }

  /** A name in its column, with a colon behind. */
  String named(String host, Colour colour, int width) {
    String name = Visible.line(host);
    return style.in(colour, name) + " ".repeat(Math.max(0, width - name.length())) + " : ";
  }

  private String line(String host, Tally tally, int width) {
    StringBuilder line = new StringBuilder(named(host, colour(tally), width));
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

  private static Colour colour(Tally tally) {
    if (tally.failed() > 0) {
      return Colour.RED;
    } else if (tally.unreachable() > 0) {
      return Colour.BRIGHT_RED;
    }
    return tally.changed() > 0 ? Colour.YELLOW : Colour.GREEN;
  }

  private static void counter(StringBuilder line, String name, int count) {
    if (count > 0) {
      line.append(name).append('=').append(count).append(' ');
    }
  }
}
