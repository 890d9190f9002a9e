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

  /** Letters added, dropped, replaced, or two neighbours exchanged. */
  private static int distance(String from, String to) {
    int[][] d = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : step(d, from, to, i, j);
      }
    }
    return d[from.length()][to.length()];
  }

  private static int step(int[][] d, String from, String to, int i, int j) {
    int replaced = d[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
    boolean exchanged =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return exchanged ? Math.min(least, d[i - 2][j - 2] + 1) : least;
  }
}
