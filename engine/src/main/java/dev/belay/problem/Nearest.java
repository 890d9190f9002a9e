package dev.belay.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that a misspelt one was probably meant to be. */
public final class Nearest {
  /** More than a third of a word wrong is another word. */
  private static final int LETTERS_PER_MISTAKE = 3;

  private Nearest() {}

  /** {@code did you mean 'become'?}, or {@code fallback} where nothing is near. */
  public static String hint(String word, Collection<String> known, String fallback) {
    return to(word, known).map(near -> "did you mean '" + near + "'?").orElse(fallback);
  }

  /** The nearest of the known names, if any is near enough. */
  public static Optional<String> to(String word, Collection<String> known) {
    int allowed = Math.max(1, word.length() / LETTERS_PER_MISTAKE);
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= allowed)
        .min(
            Comparator.comparingInt((String candidate) -> distance(word, candidate))
                .thenComparing(candidate -> candidate));
  }

  /** Levenshtein's distance: letters added, dropped or replaced. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      row = next(row, from.charAt(i - 1), to, i);
    }
    return row[to.length()];
  }

  private static int[] next(int[] above, char letter, String to, int i) {
    int[] row = new int[above.length];
    row[0] = i;
    for (int j = 1; j < row.length; j++) {
      int replaced = above[j - 1] + (letter == to.charAt(j - 1) ? 0 : 1);
      row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
    }
    return row;
  }
}
