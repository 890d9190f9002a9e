package dev.belay.template;

import java.util.Locale;
import java.util.function.IntPredicate;

/** The methods of texts that say what is in them. */
final class TextChecks {
  private TextChecks() {}

  static boolean holds(String text, String name) {
    return switch (name) {
      case "isdigit", "isnumeric", "isdecimal" -> all(text, Character::isDigit);
      case "isalpha" -> all(text, Character::isLetter);
      case "isalnum" -> all(text, Character::isLetterOrDigit);
      case "isspace" -> all(text, c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
      case "isupper" -> isUpper(text);
      case "islower" -> isLower(text);
      case "istitle" -> isTitle(text);
      case "isascii" -> text.chars().allMatch(c -> c < 128);
      case "isidentifier" -> isIdentifier(text);
      case "isprintable" -> PythonText.isPrintable(text);
      default -> throw Methods.missing(text, name);
    };
  }

  private static boolean all(String text, IntPredicate holds) {
    return !text.isEmpty() && text.codePoints().allMatch(holds);
  }

  static boolean isUpper(String text) {
    return text.equals(text.toUpperCase(Locale.ROOT))
        && !text.equals(text.toLowerCase(Locale.ROOT));
  }

  static boolean isLower(String text) {
    return text.equals(text.toLowerCase(Locale.ROOT))
        && !text.equals(text.toUpperCase(Locale.ROOT));
  }

  private static boolean isTitle(String text) {
    return text.equals(TextMethods.titled(text))
        && text.chars().anyMatch(c -> Character.isUpperCase(c) || Character.isLowerCase(c));
  }

  private static boolean isIdentifier(String text) {
    return !text.isEmpty()
        && (Character.isUnicodeIdentifierStart(text.charAt(0)) || text.charAt(0) == '_')
        && text.chars().allMatch(c -> Character.isUnicodeIdentifierPart(c) || c == '_');
  }
}
