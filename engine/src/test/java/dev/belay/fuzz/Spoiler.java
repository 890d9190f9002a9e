package dev.belay.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.ProblemsException;
import dev.belay.template.EvaluationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Spoils texts at random, and keeps what a reader makes of them that it should not. The seed is
 * fixed; {@code -Dbelay.fuzz.rounds=…} makes more of it, and {@code -Dbelay.fuzz.seed=…} other
 * ones.
 */
public final class Spoiler {
  /** How often a test spoils and reads. */
  public static final int ROUNDS = Integer.getInteger("belay.fuzz.rounds", 1500);

  private static final long SEED = Long.getLong("belay.fuzz.seed", 20_260);

  private static final ImmutableList<String> PIECES =
      ImmutableList.of(
          "{{",
          "}}",
          "{%",
          "%}",
          "{#",
          "#}",
          "'",
          "\"",
          "\\",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "|",
          ":",
          "- ",
          "\n",
          "\n  ",
          "\t",
          " ",
          "&a ",
          "*a",
          "<<: ",
          "!unsafe ",
          "!x ",
          "? ",
          "%",
          "~",
          "**",
          "//",
          "-",
          "0",
          "1e9",
          "0x",
          "None",
          "not ",
          " in ",
          " is ",
          " if ",
          " else ",
          "[::-1]",
          ".0",
          "@",
          "\u0000",
          "\u00e9",
          "\ud83d\ude00",
          "\ud800",
          "{% raw %}",
          "{% endraw %}",
          "{% if x %}",
          "{% endif %}",
          "{% for a, b in d.items() %}",
          "{% endfor %}",
          "{% set x = ",
          "|list",
          "|join(',')",
          "|map('int')",
          "|default(1)",
          "%s",
          "{0!r:>9}",
          ".format(",
          "lookup(",
          "range(",
          "hosts: ",
          "tasks:",
          "when: ",
          "loop: ");

  private final Random random = new Random(SEED);
  private final Map<String, String> wrong = new LinkedHashMap<>();

  /** One of the texts, with a few slips in it. */
  public String spoilt(List<String> texts) {
    StringBuilder spoilt = new StringBuilder(texts.get(random.nextInt(texts.size())));
    for (int i = random.nextInt(6); i >= 0; i--) {
      int at = random.nextInt(spoilt.length() + 1);
      int end = Math.min(spoilt.length(), at + random.nextInt(9));
      switch (random.nextInt(5)) {
        case 0 -> spoilt.delete(at, end);
        case 1 -> spoilt.insert(at, spoilt.substring(at, end));
        case 2 -> spoilt.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        default -> spoilt.insert(at, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return spoilt.toString();
  }

  /** Reads it: a problem or an error of evaluation is fine, and anything else is not. */
  public void read(String text, Runnable reading) {
    try {
      reading.run();
    } catch (ProblemsException | EvaluationException e) {
      // As it should be.
    } catch (RuntimeException | StackOverflowError e) {
      StackTraceElement[] trace = e.getStackTrace();
      String what = e + " at " + (trace.length > 0 ? trace[0] : "");
      wrong.putIfAbsent(what, what + " of:\n" + text);
    }
  }

  /** Fails with one of each kind that went wrong, if any did. */
  public void nothingWentWrong() {
    assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong.values()));
  }
}
