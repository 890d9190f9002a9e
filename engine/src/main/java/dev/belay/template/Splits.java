package dev.belay.template;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.belay.value.None;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Texts cut into parts, as Python cuts them. */
final class Splits {
  private static final CharMatcher SPACE = CharMatcher.whitespace();

  private Splits() {}

  static List<String> words(String text) {
    return Splitter.on(SPACE).omitEmptyStrings().splitToList(text);
  }

  static ImmutableList<Object> split(String text, Call call) {
    long most = call.number(1, "maxsplit", -1);
    Object separator = call.find(0, "sep").orElse(None.NONE);
    if (separator == None.NONE) {
      return atSpaces(text, most);
    }
    Splitter splitter = Splitter.on(separator(separator));
    return (most < 0 || most >= Integer.MAX_VALUE ? splitter : splitter.limit((int) most + 1))
        .splitToStream(text)
        .collect(toImmutableList());
  }

  private static String separator(Object separator) {
    if (!(separator instanceof String text)) {
      throw new IllegalArgumentException("must be str or None, not " + Python.type(separator));
    } else if (text.isEmpty()) {
      throw new IllegalArgumentException("empty separator");
    }
    return text;
  }

  private static ImmutableList<Object> atSpaces(String text, long most) {
    List<String> words = words(text);
    if (most < 0 || words.size() <= most) {
      return ImmutableList.copyOf(words);
    }
    ImmutableList.Builder<Object> parts = ImmutableList.builder();
    int from = start(text, 0);
    for (long i = 0; i < most; i++) {
      int end = SPACE.indexIn(text, from);
      parts.add(text.substring(from, end));
      from = start(text, end);
    }
    String rest = text.substring(from);
    return rest.isEmpty() ? parts.build() : parts.add(rest).build();
  }

  private static int start(String text, int from) {
    int at = SPACE.negate().indexIn(text, from);
    return at < 0 ? text.length() : at;
  }

  static ImmutableList<Object> splitFromEnd(String text, Call call) {
    long most = call.number(1, "maxsplit", -1);
    Object given = call.find(0, "sep").orElse(None.NONE);
    List<Object> parts = new ArrayList<>();
    if (given == None.NONE) {
      spacesFromEnd(text, most, parts);
    } else {
      String separator = separator(given);
      int end = text.length();
      for (int at = text.lastIndexOf(separator);
          at >= 0 && parts.size() != most;
          at = at == 0 ? -1 : text.lastIndexOf(separator, end - separator.length())) {
        parts.add(text.substring(at + separator.length(), end));
        end = at;
      }
      parts.add(text.substring(0, end));
    }
    Collections.reverse(parts);
    return ImmutableList.copyOf(parts);
  }

  private static void spacesFromEnd(String text, long most, List<Object> parts) {
    String rest = SPACE.trimTrailingFrom(text);
    while (!SPACE.matchesAllOf(rest) && parts.size() != most) {
      int at = SPACE.lastIndexIn(rest);
      parts.add(rest.substring(at + 1));
      rest = SPACE.trimTrailingFrom(rest.substring(0, Math.max(0, at)));
    }
    if (!rest.isEmpty() && !SPACE.matchesAllOf(rest)) {
      parts.add(rest);
    }
  }

  /** At every line end that Python knows. */
  static ImmutableList<Object> lines(String text, boolean keepsEnds) {
    ImmutableList.Builder<Object> lines = ImmutableList.builder();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      if ("\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029".indexOf(text.charAt(i)) >= 0) {
        int end = text.startsWith("\r\n", i) ? i + 2 : i + 1;
        lines.add(text.substring(from, keepsEnds ? end : i));
        from = end;
        i = end - 1;
      }
    }
    return from < text.length() ? lines.add(text.substring(from)).build() : lines.build();
  }
}
