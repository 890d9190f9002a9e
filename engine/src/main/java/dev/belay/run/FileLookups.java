package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.template.PythonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lookups that find values in files of settings and tables: {@code ini} and {@code csvfile}. */
final class FileLookups {
  private static final Pattern WORD = Pattern.compile("(\\w+)=(\"[^\"]*\"|'[^']*'|\\S+)");
  private static final String DEFAULTS = "DEFAULT";

  private FileLookups() {}

  /** What a lookup is told: options, and words {@code name=value} behind the key of a term. */
  private record Told(String key, Map<String, String> words) {
    static Told of(String term, ImmutableMap<String, Object> options) {
      Map<String, String> words = new LinkedHashMap<>();
      options.forEach((name, value) -> words.put(name, PythonText.str(value)));
      Matcher word = WORD.matcher(term);
      int end = term.length();
      while (word.find()) {
        end = Math.min(end, word.start());
        words.put(word.group(1), word.group(2).replaceAll("^[\"']|[\"']$", ""));
      }
      return new Told(term.substring(0, end).strip(), words);
    }

    String word(String name, String byDefault) {
      return words.getOrDefault(name, byDefault);
    }

    boolean flag(String name) {
      return word(name, "false").matches("(?i)true|yes|1|on");
    }
  }

  /**
   * The value of a key in a section.
   *
   * @param read gives the text of a file of that name in that encoding
   */
  static ImmutableList<Object> ini(
      List<Object> terms,
      ImmutableMap<String, Object> options,
      BiFunction<String, String, String> read) {
    ImmutableList.Builder<Object> found = ImmutableList.builder();
    for (Object term : terms) {
      Told told = Told.of(PythonText.str(term), options);
      boolean plain = told.word("type", "ini").equals("properties");
      String section = plain ? "" : told.word("section", "global");
      Map<String, Map<String, String>> sections =
          sections(
              read.apply(told.word("file", "ansible.ini"), told.word("encoding", "utf-8")),
              told.flag("case_sensitive"));
      if (!sections.containsKey(section)) {
        throw ValueLookups.wrong(
            "No section '" + section + "' in " + told.word("file", "ansible.ini"));
      }
      Map<String, String> values = new LinkedHashMap<>(sections.getOrDefault(DEFAULTS, Map.of()));
      values.putAll(sections.getOrDefault(section, Map.of()));
      if (told.flag("re")) {
        Pattern pattern = dev.belay.template.PythonRegex.compile(told.key, 0);
        values.forEach(
            (name, value) -> {
              if (pattern.matcher(name).lookingAt()) {
                found.add(value);
              }
            });
      } else {
        String key = told.flag("case_sensitive") ? told.key : lower(told.key);
        found.add(Optional.ofNullable(values.get(key)).orElse(told.word("default", "")));
      }
    }
    return found.build();
  }

  private static String lower(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }

  private static Map<String, Map<String, String>> sections(String text, boolean exact) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    Map<String, String> section = sections.computeIfAbsent("", name -> new LinkedHashMap<>());
    String key = "";
    for (String line : text.lines().toList()) {
      String words = line.strip();
      if (words.isEmpty() || words.startsWith("#") || words.startsWith(";")) {
        continue;
      } else if (Character.isWhitespace(line.charAt(0)) && section.containsKey(key)) {
        section.merge(key, words, (before, more) -> before + "\n" + more);
      } else if (words.startsWith("[") && words.endsWith("]")) {
        section =
            sections.computeIfAbsent(
                words.substring(1, words.length() - 1), name -> new LinkedHashMap<>());
        key = "";
      } else {
        String[] pair = words.split("\\s*[=:]\\s*", 2);
        key = exact ? pair[0] : lower(pair[0]);
        section.put(key, pair.length > 1 ? unescaped(pair[1]) : "None");
      }
    }
    return sections;
  }

  private static String unescaped(String value) {
    if (value.contains("%(")) {
      throw ValueLookups.wrong("the lookup 'ini' does not fill in '" + value + "'");
    }
    return value.replace("%%", "%");
  }

  /** A column of the row that begins with the key. */
  static ImmutableList<Object> csv(
      List<Object> terms,
      ImmutableMap<String, Object> options,
      BiFunction<String, String, String> read) {
    ImmutableList.Builder<Object> found = ImmutableList.builder();
    for (Object term : terms) {
      Told told = Told.of(PythonText.str(term), options);
      String word = told.word("delimiter", "TAB");
      char delimiter = word.equals("TAB") || word.equals("t") ? '\t' : word.charAt(0);
      Optional<String> value =
          rows(
                  read.apply(told.word("file", "ansible.csv"), told.word("encoding", "utf-8")),
                  delimiter)
              .stream()
              .filter(row -> row.get(0).equals(told.key))
              .findFirst()
              .map(row -> column(row, told.word("col", "1")));
      value.or(() -> Optional.ofNullable(told.words.get("default"))).ifPresent(found::add);
    }
    return found.build();
  }

  private static String column(List<String> row, String written) {
    if (!written.matches("\\d{1,4}") || Integer.parseInt(written) >= row.size()) {
      throw ValueLookups.wrong("csvfile: there is no column " + written + " in this row");
    }
    return row.get(Integer.parseInt(written));
  }

  private static List<List<String>> rows(String text, char delimiter) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean twice = quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
      if (twice) {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (quoted || c != delimiter && c != '\n' && c != '\r') {
        cell.append(c);
      } else if (c == delimiter) {
        take(cell, row);
      } else if (c == '\n') {
        take(cell, row);
        rows.add(row);
        row = new ArrayList<>();
      }
    }
    take(cell, row);
    rows.add(row);
    return rows;
  }

  private static void take(StringBuilder cell, List<String> row) {
    row.add(cell.toString());
    cell.setLength(0);
  }
}
