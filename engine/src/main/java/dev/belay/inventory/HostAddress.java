package dev.belay.inventory;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.Optional;

/**
 * A host as an inventory writes it: a name or an address, perhaps with ranges in it, perhaps with a
 * port behind it: {@code npu[01:16]:2222}, {@code [fe80::1]:22}.
 *
 * <p>Ansible takes a port only off what is a name or an address for the rest; anything else is a
 * name as it stands, with its colons.
 *
 * @param name without the port
 */
record HostAddress(String name, Optional<Long> port) {
  private static final int GROUPS = 8;

  /** More digits are no port. */
  private static final int PORT_DIGITS = 9;

  /** The address, where the text is one. */
  static Optional<HostAddress> parse(String text) {
    HostAddress parts = withoutPort(text);
    return isHost(parts.name) ? Optional.of(parts) : Optional.empty();
  }

  /** The name and the port in front of which it stands; all is name where it is no address. */
  static HostAddress lenient(String text) {
    return parse(text).orElseGet(() -> new HostAddress(text, Optional.empty()));
  }

  /** Whether it is an address of IPv4 or IPv6, and no name. */
  static boolean isAddress(String name) {
    return isIpv4(name) || isIpv6(name);
  }

  private static HostAddress withoutPort(String text) {
    HostAddress bracketed = bracketed(text);
    int colon = portColon(bracketed.name);
    return colon < 0
        ? bracketed
        : new HostAddress(
            bracketed.name.substring(0, colon), port(bracketed.name.substring(colon + 1)));
  }

  private static HostAddress bracketed(String text) {
    int end = text.lastIndexOf("]:");
    boolean is = text.startsWith("[") && end > 1 && port(text.substring(end + 2)).isPresent();
    return is
        ? new HostAddress(text.substring(1, end), port(text.substring(end + 2)))
        : new HostAddress(text, Optional.empty());
  }

  private static Optional<Long> port(String digits) {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= PORT_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Optional.of(Long.valueOf(digits)) : Optional.empty();
  }

  /** The one colon outside of brackets, where a number follows it; else -1. */
  private static int portColon(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) != ':') {
      char c = text.charAt(at);
      int close = c == '[' ? text.indexOf(']', at) : at;
      if (c == ']' || close < 0) {
        return -1;
      }
      at = close + 1;
    }
    return at < text.length() && port(text.substring(at + 1)).isPresent() ? at : -1;
  }

  private static boolean isHost(String name) {
    return isName(name) || isAddress(name);
  }

  /** Labels with dots between them; none begins with a dash, or ends with one or a low line. */
  private static boolean isName(String name) {
    boolean labelBegins = true;
    char before = '.';
    for (int at = 0; at < name.length(); at++) {
      char c = name.charAt(at);
      int close = c == '[' ? rangeEnd(name, at, Digits.NAME) : at;
      boolean fits =
          c == '.'
              ? !labelBegins && isEnd(before)
              : c == '-' ? !labelBegins : isWord(c) || c == '[';
      if (!fits || close < 0) {
        return false;
      }
      labelBegins = c == '.';
      before = name.charAt(close);
      at = close;
    }
    return !labelBegins && isEnd(before);
  }

  private static boolean isEnd(char c) {
    return c == ']' || isWord(c) && c != '_';
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static boolean isIpv4(String name) {
    List<String> parts = Splitter.on('.').splitToList(name);
    return parts.size() == 4
        && parts.stream().allMatch(p -> isRange(p, Digits.DECIMAL) || isByte(p));
  }

  private static boolean isByte(String part) {
    return part.length() <= 3 && port(part).filter(value -> value <= 255).isPresent();
  }

  private static boolean isIpv6(String name) {
    String plain = plain(name);
    if (plain.indexOf('[') >= 0 || plain.indexOf(':') < 0 || plain.contains(":::")) {
      return false;
    }
    int gap = plain.indexOf("::");
    if (gap < 0) {
      return groups(plain) == GROUPS;
    }
    int before = groups(plain.substring(0, gap));
    int behind = groups(plain.substring(gap + 2));
    return before >= 0 && behind >= 0 && before + behind < GROUPS;
  }

  /** With a digit in place of each range. */
  private static String plain(String name) {
    StringBuilder plain = new StringBuilder();
    for (int at = 0; at < name.length(); at++) {
      int close = name.charAt(at) == '[' ? rangeEnd(name, at, Digits.HEX) : -1;
      plain.append(close < 0 ? name.charAt(at) : '1');
      at = Math.max(at, close);
    }
    return plain.toString();
  }

  /** How many groups of 16 bits; -1 where it is something else. */
  private static int groups(String part) {
    if (part.isEmpty()) {
      return 0;
    }
    List<String> groups = Splitter.on(':').splitToList(part);
    String last = groups.get(groups.size() - 1);
    boolean embedded = last.indexOf('.') >= 0 && isIpv4(last);
    List<String> hex = embedded ? groups.subList(0, groups.size() - 1) : groups;
    boolean fits =
        hex.stream()
            .allMatch(g -> !g.isEmpty() && g.length() <= 4 && g.chars().allMatch(Digits.HEX::has));
    return fits ? hex.size() + (embedded ? 2 : 0) : -1;
  }

  /** What may stand on both sides of a range's colon. */
  private enum Digits {
    DECIMAL,
    HEX,
    NAME;

    boolean has(int c) {
      boolean digit = c >= '0' && c <= '9';
      return digit || this == HEX && (c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F');
    }

    boolean has(String side) {
      boolean letter = this == NAME && side.length() == 1 && isLetter(side.charAt(0));
      return letter || !side.isEmpty() && side.chars().allMatch(this::has);
    }

    private static boolean isLetter(char c) {
      return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
  }

  private static boolean isRange(String text, Digits digits) {
    return text.startsWith("[") && rangeEnd(text, 0, digits) == text.length() - 1;
  }

  /** Where the range that begins there ends; -1 where none does. */
  private static int rangeEnd(String text, int open, Digits digits) {
    int close = text.indexOf(']', open);
    if (close < 0) {
      return -1;
    }
    List<String> sides = Splitter.on(':').splitToList(text.substring(open + 1, close));
    boolean counted =
        sides.size() == 2 || sides.size() == 3 && !sides.get(2).isEmpty() && isNumber(sides.get(2));
    return counted && digits.has(sides.get(0)) && digits.has(sides.get(1)) ? close : -1;
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(Digits.DECIMAL::has);
  }
}
