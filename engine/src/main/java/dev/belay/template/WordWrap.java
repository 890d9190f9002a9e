package dev.belay.template;

import com.google.common.base.CharMatcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Jinja's {@code wordwrap}: lines of a width, cut at spaces and behind hyphens. */
final class WordWrap {
  private static final Pattern CHUNK =
      Pattern.compile(
          "\\s+|\\S+?(?:(?<=[^\\d\\W]{2}-|[^\\d\\W]-[^\\d\\W]-)(?=[^\\d\\W]-?[^\\d\\W])|(?=\\s)|$)",
          Pattern.UNICODE_CHARACTER_CLASS);

  private final int width;
  private final boolean breaksWords;
  private final boolean breaksAtHyphens;

  private WordWrap(int width, boolean breaksWords, boolean breaksAtHyphens) {
    this.width = width;
    this.breaksWords = breaksWords;
    this.breaksAtHyphens = breaksAtHyphens;
  }

  static Object filter(Call call) {
    long width = call.number(0, "width", 79);
    if (width <= 0) {
      throw new IllegalArgumentException("invalid width " + width + " (must be > 0)");
    }
    WordWrap wrap =
        new WordWrap(
            (int) Math.min(width, Integer.MAX_VALUE),
            call.flag(1, "break_long_words", true),
            call.flag(3, "break_on_hyphens", true));
    String separator = call.text(2, "wrapstring", "\n");
    List<String> lines = new ArrayList<>();
    for (Object line : Splits.lines(call.string(), false)) {
      lines.add(String.join(separator, wrap.lines(line.toString())));
    }
    return String.join(separator, lines);
  }

  private Deque<String> chunks(String line) {
    Deque<String> chunks = new ArrayDeque<>();
    Matcher chunk = (breaksAtHyphens ? CHUNK : Pattern.compile("\\s+|\\S+")).matcher(line);
    while (chunk.find()) {
      chunks.add(chunk.group());
    }
    return chunks;
  }

  private List<String> lines(String text) {
    Deque<String> chunks = chunks(text);
    List<String> lines = new ArrayList<>();
    while (!chunks.isEmpty()) {
      if (isSpace(chunks.peek()) && !lines.isEmpty()) {
        chunks.remove();
      }
      String line = line(chunks);
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private String line(Deque<String> chunks) {
    List<String> line = new ArrayList<>();
    int length = 0;
    while (!chunks.isEmpty() && length + chunks.peek().length() <= width) {
      length += chunks.peek().length();
      line.add(chunks.remove());
    }
    if (!chunks.isEmpty() && chunks.peek().length() > width) {
      takeLong(chunks, line, width - length);
    }
    if (!line.isEmpty() && isSpace(line.get(line.size() - 1))) {
      line.remove(line.size() - 1);
    }
    return String.join("", line);
  }

  private void takeLong(Deque<String> chunks, List<String> line, int space) {
    if (breaksWords && space > 0) {
      String chunk = chunks.remove();
      int hyphen = breaksAtHyphens ? chunk.lastIndexOf('-', space - 1) : -1;
      boolean cuts = hyphen > 0 && !CharMatcher.is('-').matchesAllOf(chunk.substring(0, hyphen));
      int end = cuts ? hyphen + 1 : space;
      line.add(chunk.substring(0, end));
      chunks.push(chunk.substring(end));
    } else if (line.isEmpty()) {
      line.add(chunks.remove());
    }
  }

  private static boolean isSpace(String chunk) {
    return CharMatcher.whitespace().matchesAllOf(chunk);
  }
}
