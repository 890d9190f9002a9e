package dev.belay.modules;

import com.google.common.base.CharMatcher;
import java.util.ArrayList;
import java.util.List;

/** Texts cut into lines that keep their ends. */
final class Lines {
  private static final CharMatcher ENDS = CharMatcher.anyOf("\r\n");

  private Lines() {}

  /** Cut behind each line feed. */
  static List<String> feeds(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      lines.add(text.substring(from, end + 1));
      from = end + 1;
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  /** Cut behind each line feed, and behind each carriage return that none follows. */
  static List<String> all(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      boolean feeds = i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (text.charAt(i) == '\n' || text.charAt(i) == '\r' && !feeds) {
        lines.add(text.substring(from, i + 1));
        from = i + 1;
      }
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  /** The line without its end. */
  static String bare(String line) {
    return ENDS.trimTrailingFrom(line);
  }

  /** The line with a line feed at its end. */
  static String ended(String line) {
    return line.endsWith("\n") ? line : line + "\n";
  }
}
