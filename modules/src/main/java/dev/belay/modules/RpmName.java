package dev.belay.modules;

import dev.belay.shell.Sh;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A package as a task for dnf names it, and how rpm is asked whether it is there.
 *
 * @param word as the task has it
 * @param name what rpm is asked for
 * @param operator of a comparison; else empty
 * @param version of a comparison; else empty
 */
record RpmName(Kind kind, String word, String name, String operator, String version) {
  private static final Pattern COMPARED = Pattern.compile("(\\S+)\\s+(>=|<=|>|<|=)\\s+(\\S+)");
  private static final String FORMAT = "P|%{NAME}|%{EPOCHNUM}:%{VERSION}-%{RELEASE}|%{ARCH}\\n";

  enum Kind {
    PACKAGE,
    PATTERN,
    COMPARED,
    /** A path that a package brings. */
    PATH,
    /** A package file on the host. */
    FILE,
    ADDRESS,
    /** What is in a group only dnf knows. */
    GROUP
  }

  static RpmName of(String word) {
    Matcher compared = COMPARED.matcher(word);
    if (compared.matches()) {
      return new RpmName(
          Kind.COMPARED, word, checked(compared.group(1)), compared.group(2), compared.group(3));
    }
    Kind kind =
        word.startsWith("@")
            ? Kind.GROUP
            : word.matches("(https?|ftp)://\\S+")
                ? Kind.ADDRESS
                : word.startsWith("/") && word.endsWith(".rpm")
                    ? Kind.FILE
                    : word.startsWith("/")
                        ? Kind.PATH
                        : Glob.isPattern(word) ? Kind.PATTERN : Kind.PACKAGE;
    return new RpmName(kind, word, kind == Kind.ADDRESS ? fileName(word) : checked(word), "", "");
  }

  private static String fileName(String address) {
    return Paths.name(address.replaceFirst("[?#].*", "")).replaceFirst("\\.rpm$", "");
  }

  private static String checked(String word) {
    if (!word.matches("[@/A-Za-z0-9_*?\\[][^\\s'\"`$;&|<>\\\\]*")) {
      throw new IllegalArgumentException("'" + word + "' is no name for a package");
    }
    return word;
  }

  /** Prints a line for each installed package that it stands for. */
  Sh question(boolean byProvides) {
    Sh plain = Sh.of("rpm -q --qf {} -- {} 2>/dev/null", FORMAT, name);
    Sh provides = Sh.of("rpm -q --whatprovides --qf {} -- {} 2>/dev/null", FORMAT, name);
    return switch (kind) {
      case PACKAGE, COMPARED -> byProvides ? Sh.of("{} || {}", plain, provides) : plain;
      case PATTERN -> Sh.of("rpm -qa --qf {} -- {}", FORMAT, name);
      case PATH -> provides;
      case ADDRESS -> plain;
      case FILE ->
          Sh.of(
              "if [ -f {} ]; then n=$(rpm -qp --nosignature --qf '%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}' -- {} 2>/dev/null) && rpm -q --qf {} -- \"$n\" 2>/dev/null; else echo 'X|'; fi",
              name, name, FORMAT);
      case GROUP -> Sh.of(":");
    };
  }

  /** Whether an installed version is one that is wished for. */
  boolean allows(String installed) {
    int order = RpmVersion.of(installed).against(RpmVersion.of(version));
    return switch (operator) {
      case ">=" -> order >= 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case "<" -> order < 0;
      case "=" -> order == 0;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return word;
  }
}
