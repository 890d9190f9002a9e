package dev.belay.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares versions: by their numbers and words, or by the rules of semantic versioning. */
final class Versions {
  private static final Pattern PART = Pattern.compile("\\d+|[a-z]+|\\.");
  private static final Pattern SEMANTIC =
      Pattern.compile(
          "(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");

  private Versions() {}

  static Object test(Call call) {
    String left = call.text();
    String right = call.text(0, "version");
    if (left.isEmpty()) {
      throw new IllegalArgumentException("Input version value cannot be empty");
    } else if (right.isEmpty()) {
      throw new IllegalArgumentException("Version parameter to compare against cannot be empty");
    }
    if (call.find(2, "strict").isPresent() && call.find(3, "version_type").isPresent()) {
      throw new IllegalArgumentException("Cannot specify both 'strict' and 'version_type'");
    }
    boolean strict = call.flag(2, "strict", false);
    int order =
        switch (call.text(3, "version_type", strict ? "strict" : "loose")) {
          case "loose" -> loose(left, right, false);
          case "strict" -> loose(left, right, true);
          case "semver", "semantic" -> semantic(left, right);
          case "pep440" -> Pep440.compare(left, right);
          default -> throw new IllegalArgumentException("Invalid version type");
        };
    String operator = call.text(1, "operator", "eq");
    return switch (operator) {
      case "==", "=", "eq" -> order == 0;
      case "!=", "<>", "ne" -> order != 0;
      case "<", "lt" -> order < 0;
      case "<=", "le" -> order <= 0;
      case ">", "gt" -> order > 0;
      case ">=", "ge" -> order >= 0;
      default -> throw new IllegalArgumentException("Invalid operator type (" + operator + ")");
    };
  }

  private static int loose(String left, String right, boolean strict) {
    if (strict
        && !(left + " " + right)
            .matches("\\d+\\.\\d+(\\.\\d+)?([ab]\\d+)? \\d+\\.\\d+(\\.\\d+)?([ab]\\d+)?")) {
      throw new IllegalArgumentException("Version comparison failed: invalid version number");
    }
    List<Object> a = parts(left);
    List<Object> b = parts(right);
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = Python.compare(a.get(i), b.get(i), "<");
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static List<Object> parts(String version) {
    List<Object> parts = new ArrayList<>();
    Matcher part = PART.matcher(version);
    int from = 0;
    while (part.find()) {
      if (part.start() > from) {
        parts.add(version.substring(from, part.start()));
      }
      from = part.end();
      if (!part.group().equals(".")) {
        parts.add(
            Character.isDigit(part.group().charAt(0))
                ? Python.integer(new BigInteger(part.group()))
                : part.group());
      }
    }
    if (from < version.length()) {
      parts.add(version.substring(from));
    }
    return parts;
  }

  private static int semantic(String left, String right) {
    Matcher a = semantic(left);
    Matcher b = semantic(right);
    for (int i = 1; i <= 3; i++) {
      int order = new BigInteger(a.group(i)).compareTo(new BigInteger(b.group(i)));
      if (order != 0) {
        return order;
      }
    }
    return prerelease(a.group(4), b.group(4));
  }

  private static Matcher semantic(String version) {
    Matcher matcher = SEMANTIC.matcher(version);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("invalid semantic version '" + version + "'");
    }
    return matcher;
  }

  private static int prerelease(String a, String b) {
    if (a == null || b == null) {
      return Boolean.compare(a == null, b == null);
    }
    String[] left = a.split("\\.", -1);
    String[] right = b.split("\\.", -1);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int order = identifier(left[i], right[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  private static int identifier(String a, String b) {
    boolean numbers = a.matches("\\d+") && b.matches("\\d+");
    if (numbers) {
      return new BigInteger(a).compareTo(new BigInteger(b));
    }
    return a.matches("\\d+") ? -1 : b.matches("\\d+") ? 1 : a.compareTo(b);
  }
}
