package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.value.None;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters about regular expressions. */
final class RegexFilters {
  private RegexFilters() {}

  static ImmutableMap<String, Operation> all() {
    return ImmutableMap.of(
        "regex_replace", RegexFilters::replace,
        "regex_search", RegexFilters::search,
        "regex_findall", RegexFilters::findAll,
        "regex_escape", call -> escape(call.text(), call.text(0, "re_type", "python")));
  }

  static Pattern pattern(String text, boolean ignoreCase, boolean multiline) {
    return PythonRegex.compile(
        text, (ignoreCase ? Pattern.CASE_INSENSITIVE : 0) | (multiline ? Pattern.MULTILINE : 0));
  }

  private static Object replace(Call call) {
    boolean ignoreCase = call.flag(2, "ignorecase", false);
    boolean multiline = call.flag(3, "multiline", false);
    Pattern pattern = pattern(call.text(0, "pattern", ""), ignoreCase, multiline);
    String replacement = call.text(1, "replacement", "");
    Matcher matcher = pattern.matcher(call.in().looked(call.text()));
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(text, Matcher.quoteReplacement(expanded(replacement, matcher)));
      Sizes.text(text.length());
    }
    return matcher.appendTail(text).toString();
  }

  /** {@code \1}, {@code \g<1>}, {@code \g<name>} and escapes of a replacement. */
  static String expanded(String replacement, Matcher found) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      if (c != '\\' || i + 1 == replacement.length()) {
        text.append(c);
        continue;
      }
      char next = replacement.charAt(++i);
      if (next == 'g' && i + 1 < replacement.length() && replacement.charAt(i + 1) == '<') {
        int end = replacement.indexOf('>', i);
        if (end < 0) {
          throw new IllegalArgumentException("missing >, unterminated name");
        }
        text.append(group(replacement.substring(i + 2, end), found));
        i = end;
      } else if (next == '0') {
        text.append('\0');
      } else if (Character.isDigit(next)) {
        int end =
            i + 1 < replacement.length()
                    && Character.isDigit(replacement.charAt(i + 1))
                    && next != '0'
                ? i + 2
                : i + 1;
        text.append(group(replacement.substring(i, end), found));
        i = end - 1;
      } else {
        text.append(escaped(next));
      }
    }
    return text.toString();
  }

  /** What a letter stands for behind a backslash; what is no letter keeps the backslash. */
  private static String escaped(char next) {
    int escape = "nrtabfv\\".indexOf(next);
    boolean letter = next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z';
    if (escape < 0 && letter) {
      throw new IllegalArgumentException("bad escape \\" + next + " in a replacement");
    }
    return escape >= 0 ? String.valueOf("\n\r\t\u0007\b\f\u000b\\".charAt(escape)) : "\\" + next;
  }

  private static String group(String name, Matcher found) {
    boolean number = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    if (number && (name.length() > 4 || Integer.parseInt(name) > found.groupCount())) {
      throw new IllegalArgumentException("invalid group reference " + name);
    }
    String value =
        number ? found.group(Integer.parseInt(name)) : found.group(PythonRegex.group(name));
    return value == null ? "" : value;
  }

  private static Object search(Call call) {
    boolean ignoreCase = Python.truth(call.named().getOrDefault("ignorecase", false));
    boolean multiline = Python.truth(call.named().getOrDefault("multiline", false));
    Matcher found =
        pattern(call.text(0, "regex"), ignoreCase, multiline)
            .matcher(call.in().looked(call.text()));
    ImmutableList<Object> wanted =
        call.positional().subList(Math.min(1, call.positional().size()), call.positional().size());
    if (!found.find()) {
      return None.NONE;
    }
    ImmutableList.Builder<Object> groups = ImmutableList.builder();
    boolean any = false;
    for (Object name : wanted) {
      String text = PythonText.str(name);
      if (!text.startsWith("\\")) {
        throw new IllegalArgumentException("Unknown argument");
      }
      groups.add(
          group(
              text.matches("(?s)\\\\g<.*>")
                  ? text.substring(3, text.length() - 1)
                  : text.substring(1),
              found));
      any = true;
    }
    return any ? groups.build() : found.group();
  }

  private static Object findAll(Call call) {
    Pattern pattern =
        pattern(
            call.text(0, "regex"),
            call.flag(2, "ignorecase", false),
            call.flag(1, "multiline", false));
    Matcher found = pattern.matcher(call.in().looked(call.text()));
    ImmutableList.Builder<Object> all = ImmutableList.builder();
    while (found.find()) {
      all.add(groups(found));
    }
    return all.build();
  }

  private static Object groups(Matcher found) {
    if (found.groupCount() == 0) {
      return found.group();
    } else if (found.groupCount() == 1) {
      return group("1", found);
    }
    ImmutableList.Builder<Object> groups = ImmutableList.builder();
    for (int i = 1; i <= found.groupCount(); i++) {
      groups.add(group(String.valueOf(i), found));
    }
    return new Tuple(groups.build());
  }

  private static String escape(String text, String type) {
    if (type.equals("posix_extended")) {
      throw new IllegalArgumentException("Regex type (posix_extended) not yet implemented");
    } else if (!type.equals("python") && !type.equals("posix_basic")) {
      throw new IllegalArgumentException("Invalid regex type (" + type + ")");
    }
    String special = type.equals("posix_basic") ? "[].^$*\\" : "()[]{}?*+-|^$\\.&~# \t\n\r\u000b\f";
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append(special.indexOf(c) >= 0 ? "\\" : "").append((char) c));
    return escaped.toString();
  }
}
