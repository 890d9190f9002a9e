package dev.belay.template;

import com.google.common.collect.ImmutableList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python's {@code '{} {name:>8} {0[key].member!r:{width}}'.format(…)}: where the fields are, and
 * what stands in them.
 */
final class FormatMethod {
  /** Fields inside of a field's format, as deep as Python has them. */
  private static final int NESTING_LIMIT = 2;

  private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]]+)|\\[([^\\]]+)\\]");

  private final Call call;
  private int next;

  private FormatMethod(Call call) {
    this.call = call;
  }

  static String format(String text, Call call) {
    return new FormatMethod(call).filled(text, NESTING_LIMIT);
  }

  private String filled(String text, int nesting) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == c;
      if (c == '{' && !(doubled && nesting == NESTING_LIMIT)) {
        int end = closing(text, at);
        filled.append(field(text.substring(at + 1, end), nesting));
        at = end + 1;
      } else if (c == '}' && !doubled) {
        throw new IllegalArgumentException("Single '}' encountered in format string");
      } else {
        filled.append(c);
        at += c == '{' || c == '}' ? 2 : 1;
      }
      Sizes.text(filled.length());
    }
    return filled.toString();
  }

  private static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        open + 1 == text.length()
            ? "Single '{' encountered in format string"
            : "expected '}' before end of string");
  }

  private String field(String field, int nesting) {
    if (nesting == 0) {
      throw new IllegalArgumentException("Max string recursion exceeded");
    }
    int name = 0;
    boolean bracket = false;
    while (name < field.length()
        && (bracket || field.charAt(name) != '!' && field.charAt(name) != ':')) {
      bracket = field.charAt(name) == '[' || bracket && field.charAt(name) != ']';
      name++;
    }
    Object value = value(field.substring(0, name));
    int spec = name;
    if (name < field.length() && field.charAt(name) == '!') {
      spec = Math.min(field.length(), name + 2);
      value = converted(value, field.substring(name + 1, spec));
      if (spec < field.length() && field.charAt(spec) != ':') {
        throw new IllegalArgumentException("expected ':' after conversion specifier");
      }
    }
    String format = spec < field.length() ? field.substring(spec + 1) : "";
    return FormatSpec.apply(value, format.contains("{") ? filled(format, nesting - 1) : format);
  }

  private static Object converted(Object value, String conversion) {
    return switch (conversion) {
      case "r", "a" -> PythonText.repr(value);
      case "s" -> PythonText.str(value);
      default -> throw new IllegalArgumentException("Unknown conversion specifier " + conversion);
    };
  }

  private Object value(String path) {
    Matcher step = STEP.matcher(path);
    int first = step.find() ? step.start() : path.length();
    Object value = first(path.substring(0, first));
    for (int at = first; at < path.length(); at = step.end()) {
      if (!step.find(at) || step.start() != at) {
        throw new IllegalArgumentException("Empty attribute in format string");
      }
      String key = step.group(1) == null ? step.group(2) : step.group(1);
      boolean place = step.group(1) == null && key.matches("\\d{1,9}");
      value = Members.of(value, place ? (Object) Long.valueOf(key) : key, call.at());
    }
    return Python.used(value);
  }

  private Object first(String name) {
    ImmutableList<Object> values = call.positional();
    if (name.isEmpty() || name.matches("\\d{1,9}")) {
      int place = name.isEmpty() ? next++ : Integer.parseInt(name);
      if (place >= values.size()) {
        throw new IllegalArgumentException(
            "Replacement index " + place + " out of range for positional args tuple");
      }
      return values.get(place);
    }
    Object value = call.named().get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no argument '" + name + "'");
    }
    return value;
  }
}
