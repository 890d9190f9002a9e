package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code Environment=} lines of systemd units: assignments with spaces between, each may be quoted.
 */
final class UnitLine {
  private static final String KEY = "Environment=";

  private UnitLine() {}

  static Optional<ImmutableMap<String, String>> environment(String line) {
    String stripped = line.strip();
    if (!stripped.startsWith(KEY) || stripped.endsWith("\\")) {
      return Optional.empty();
    }
    ImmutableMap.Builder<String, String> variables = ImmutableMap.builder();
    for (String word : words(stripped.substring(KEY.length()))) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        return Optional.empty();
      }
      variables.put(word.substring(0, equals), word.substring(equals + 1).replace("%%", "%"));
    }
    return Optional.of(variables.buildKeepingLast()).filter(all -> !all.isEmpty());
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = ' ';
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        word.append(text.charAt(++at));
      } else if (quote == ' ' && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote && quote != ' ') {
        quote = ' ';
      } else if (c == ' ' && quote == ' ') {
        add(word, words);
      } else {
        word.append(c);
      }
    }
    add(word, words);
    return words;
  }

  private static void add(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }
}
