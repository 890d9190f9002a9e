package dev.belay.modules;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A package as a task names it: {@code foo}, {@code foo=1.2}, {@code foo=1.*}, {@code foo>=1.2},
 * {@code foo/bookworm-backports}, {@code foo:arm64}, {@code foo*}.
 *
 * @param name with its architecture, where one is given
 * @param operator {@code =}, {@code >=}, {@code /}, or empty
 * @param operand the version or the release; else empty
 */
record AptName(String name, String operator, String operand) {
  private static final Pattern WORD =
      Pattern.compile(
          "([a-z0-9*?\\[][a-z0-9+.:*?\\[\\]!-]*)(?:(>?=|/)([A-Za-z0-9.+:~*?\\[\\]!_-]+))?");

  /**
   * What a word names.
   *
   * @throws IllegalArgumentException where it names no package; an option is none
   */
  static AptName of(String word) {
    Matcher parts = WORD.matcher(word);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'" + word + "' is no name for a package");
    }
    return new AptName(
        parts.group(1),
        Optional.ofNullable(parts.group(2)).orElse(""),
        Optional.ofNullable(parts.group(3)).orElse(""));
  }

  /** Whether it stands for all packages whose names fit. */
  boolean isPattern() {
    return Glob.isPattern(name);
  }

  /** The same wish for one of the packages that fit. */
  AptName named(String one) {
    return new AptName(one, operator, operand);
  }

  boolean fits(String packageName) {
    return Glob.of(name).matcher(packageName).matches();
  }

  /** Whether a version is one of those that are wished for. */
  boolean allows(String version) {
    return switch (operator) {
      case "=" -> Glob.of(operand).matcher(version).matches();
      case ">=" -> DebVersion.of(version).compareTo(DebVersion.of(operand)) >= 0;
      default -> true;
    };
  }

  /** As apt-get takes it. */
  String operandOfApt() {
    return operator.equals("=") || operator.equals("/") ? name + operator + operand : name;
  }

  @Override
  public String toString() {
    return name + operator + operand;
  }
}
