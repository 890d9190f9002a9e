package dev.belay.yaml;

import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * What plain words mean by YAML 1.1 as PyYAML reads it, which is what Ansible's users know: {@code
 * yes} is true, {@code 0644} is octal, {@code 12:30} counts in sixties. Dates stay text.
 */
final class AnsibleSchema {
  private static final Map<String, Boolean> WORDS =
      Map.ofEntries(
          Map.entry("yes", true),
          Map.entry("Yes", true),
          Map.entry("YES", true),
          Map.entry("no", false),
          Map.entry("No", false),
          Map.entry("NO", false),
          Map.entry("true", true),
          Map.entry("True", true),
          Map.entry("TRUE", true),
          Map.entry("false", false),
          Map.entry("False", false),
          Map.entry("FALSE", false),
          Map.entry("on", true),
          Map.entry("On", true),
          Map.entry("ON", true),
          Map.entry("off", false),
          Map.entry("Off", false),
          Map.entry("OFF", false));

  private static final Pattern INT =
      Pattern.compile(
          "[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
              + "|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");

  private static final Pattern FLOAT =
      Pattern.compile(
          "[-+]?(?:[0-9][0-9_]*)\\.[0-9_]*(?:[eE][-+][0-9]+)?|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

  /** Python reads no longer numbers either. */
  private static final int DIGIT_LIMIT = 4300;

  private AnsibleSchema() {}

  /** What a plain word is. */
  static Tag tag(String text) {
    if (text.isEmpty()
        || text.equals("~")
        || text.equals("null")
        || text.equals("Null")
        || text.equals("NULL")) {
      return Tag.NULL;
    } else if (text.equals("<<")) {
      return Tag.MERGE;
    } else if (WORDS.containsKey(text)) {
      return Tag.BOOL;
    } else if (!mayBeNumber(text.charAt(0)) || text.length() > DIGIT_LIMIT) {
      return Tag.STR;
    }
    return INT.matcher(text).matches()
        ? Tag.INT
        : FLOAT.matcher(text).matches() ? Tag.FLOAT : Tag.STR;
  }

  private static boolean mayBeNumber(char first) {
    return first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.';
  }

  static boolean flag(String word) {
    return WORDS.get(word);
  }

  /** A Long, or a BigInteger where that is too small. */
  static Object integer(String written) {
    String text = written.replace("_", "");
    if (text.length() > DIGIT_LIMIT) {
      throw new NumberFormatException("too many digits");
    }
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    BigInteger value = magnitude(digits);
    BigInteger signed = negative ? value.negate() : value;
    return signed.bitLength() < Long.SIZE ? (Object) signed.longValue() : signed;
  }

  private static BigInteger magnitude(String digits) {
    if (digits.startsWith("0x")) {
      return new BigInteger(digits.substring(2), 16);
    } else if (digits.startsWith("0b")) {
      return new BigInteger(digits.substring(2), 2);
    } else if (digits.contains(":")) {
      return sixties(digits);
    }
    return digits.length() > 1 && digits.startsWith("0")
        ? new BigInteger(digits, 8)
        : new BigInteger(digits);
  }

  private static BigInteger sixties(String digits) {
    BigInteger value = BigInteger.ZERO;
    for (String part : digits.split(":", -1)) {
      value = value.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
    }
    return value;
  }

  static double decimal(String written) {
    String text = written.replace("_", "").toLowerCase(java.util.Locale.ROOT);
    if (text.endsWith(".inf")) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    } else if (text.equals(".nan")) {
      return Double.NaN;
    }
    return text.contains(":") ? sixtieths(text) : Double.parseDouble(text);
  }

  private static double sixtieths(String text) {
    boolean negative = text.startsWith("-");
    double value = 0;
    for (String part : text.replaceFirst("^[-+]", "").split(":", -1)) {
      value = value * 60 + Double.parseDouble(part);
    }
    return negative ? -value : value;
  }
}
