package dev.belay.template;

import dev.belay.value.None;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Writes single values into YAML: without quotes where they would be read back, else with. */
final class YamlScalar {
  /** Where it stands. */
  enum Context {
    BLOCK,
    KEY,
    FLOW,
    FLOW_KEY
  }

  private static final Pattern OTHER_THAN_TEXT =
      Pattern.compile(
          "|~|null|Null|NULL|<<|=|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE"
              + "|on|On|ON|off|Off|OFF"
              + "|[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
              + "|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+"
              + "|[-+]?(?:[0-9][0-9_]*)\\.[0-9_]*(?:[eE][-+][0-9]+)?"
              + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
              + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)"
              + "|[0-9]{4}-[0-9]{2}-[0-9]{2}"
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
              + "(?:\\.[0-9]*)?(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?");

  private static final String ESCAPED = "\0\u0007\b\t\n\u000b\f\r\u001b\"\\\u0085\u2028\u2029";
  private static final String LETTERS = "0abtnvfre\"\\NLP";

  private final YamlLines lines;
  private final int level;
  private final Context context;

  YamlScalar(YamlLines lines, int level, Context context) {
    this.lines = lines;
    this.level = level;
    this.context = context;
  }

  /** Its words, without quotes. */
  static String plain(Object value) {
    if (value instanceof String text) {
      return text;
    } else if (value instanceof Boolean flag) {
      return flag ? "true" : "false";
    } else if (value instanceof Double number) {
      return real(number);
    }
    return value == None.NONE ? "null" : PythonText.str(value);
  }

  private static String real(double number) {
    if (Double.isNaN(number)) {
      return ".nan";
    } else if (Double.isInfinite(number)) {
      return number > 0 ? ".inf" : "-.inf";
    }
    String text = PythonText.decimal(number);
    return text.contains(".") ? text : text.replace("e", ".0e");
  }

  void write(Object value) {
    String text = plain(value);
    boolean other =
        value == None.NONE
            || value instanceof Boolean
            || value instanceof Number
            || value instanceof BigInteger;
    YamlLook look = YamlLook.at(text);
    boolean flow = context == Context.FLOW || context == Context.FLOW_KEY;
    boolean bare = flow ? look.plainInFlow() : look.plain();
    if (other || bare && !OTHER_THAN_TEXT.matcher(text).matches()) {
      lines.begin();
      words(text);
    } else if (look.single() && !(isKey() && text.indexOf('\n') >= 0)) {
      lines.mark("'", true, false);
      single(text);
      lines.mark("'", false, false);
    } else {
      lines.mark("\"", true, false);
      escaped(text);
      lines.mark("\"", false, false);
    }
  }

  private boolean isKey() {
    return context == Context.KEY || context == Context.FLOW_KEY;
  }

  /** Whether a full line may end at the space there, and the next one take its place. */
  private boolean endsAt(String text, int at, boolean edges) {
    boolean inside = !edges || at != 0 && at != text.length() - 1;
    return !isKey()
        && lines.isFull()
        && inside
        && (at == 0 || text.charAt(at - 1) != ' ')
        && (at + 1 >= text.length() || text.charAt(at + 1) != ' ');
  }

  private void words(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (text.charAt(i) == ' ' && endsAt(text, i, false)) {
        lines.indent(level);
      } else {
        lines.put(text.codePointAt(i));
      }
    }
  }

  private void single(String text) {
    boolean breaks = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (c == '\n') {
        if (!breaks) {
          lines.lineEnd();
        }
        lines.lineEnd();
        breaks = true;
        continue;
      } else if (breaks) {
        lines.indent(level);
      }
      breaks = false;
      if (c == ' ' && endsAt(text, i, true)) {
        lines.indent(level);
      } else {
        lines.put(c == '\'' ? "''" : Character.toString(c));
      }
    }
    if (breaks) {
      lines.indent(level);
    }
  }

  private void escaped(String text) {
    boolean spaces = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      boolean ends =
          c == ' ' && !spaces && !isKey() && lines.isFull() && i != 0 && i != text.length() - 1;
      if (ends) {
        lines.indent(level);
        if (text.charAt(i + 1) == ' ') {
          lines.put('\\');
        }
      } else {
        lines.put(code(c));
      }
      spaces = c == ' ';
    }
  }

  private static String code(int c) {
    int letter = ESCAPED.indexOf(c);
    if (letter >= 0) {
      return "\\" + LETTERS.charAt(letter);
    } else if (YamlLook.isPrintable(c)) {
      return Character.toString(c);
    }
    String form = c <= 0xff ? "\\x%02X" : c <= 0xffff ? "\\u%04X" : "\\U%08X";
    return String.format(form, c);
  }
}
