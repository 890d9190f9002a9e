package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.shell.Sh;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of a login script. Only what has one meaning whatever ran before is read: a value with
 * {@code $} in it is none that a file alone decides.
 */
final class ProfileLine {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)");
  private static final Pattern MEMBER =
      Pattern.compile(
          "case (.*?)\"\\$\\{([A-Za-z_][A-Za-z0-9_]*)-\\}\".* in \\*(.*)\\*\\) ;; \\*\\) (.*) ;; esac; export \\2");

  private ProfileLine() {}

  /** A member of a list that is put in front of, or behind, what a login has already. */
  record Member(String variable, ListEdit.Kind kind, String separator, String member) {

    /** Adds the member once, however often the line is run, and keeps what was there. */
    String line() {
      String sep = Sh.quote(separator);
      String word = Sh.quote(member);
      String added =
          kind == ListEdit.Kind.PREPEND
              ? word + "${" + variable + ":+" + sep + "\"$" + variable + "\"}"
              : "${" + variable + ":+\"$" + variable + "\"" + sep + "}" + word;
      return "case "
          + (sep + "\"${" + variable + "-}\"" + sep)
          + " in *"
          + (sep + word + sep)
          + "*) ;; *) "
          + (variable + "=" + added)
          + " ;; esac; export "
          + variable;
    }
  }

  /** A word that a shell reads as this value. */
  static String quoted(String value) {
    return value.matches("[A-Za-z0-9_./:,+@%-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
  }

  static Optional<ImmutableMap<String, String>> assignment(String line) {
    Matcher assignment = ASSIGNMENT.matcher(line.strip());
    return assignment.matches()
        ? value(assignment.group(2)).map(value -> ImmutableMap.of(assignment.group(1), value))
        : Optional.empty();
  }

  /** The variable that a line seems to set, also where its value cannot be read. */
  static Optional<String> variable(String line) {
    Matcher assignment = ASSIGNMENT.matcher(line.strip());
    return assignment.matches() ? Optional.of(assignment.group(1)) : Optional.empty();
  }

  /** Reads what {@link Member#line} writes, and nothing else. */
  static Optional<Member> member(String line) {
    Matcher matcher = MEMBER.matcher(line.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<String> separator = value(matcher.group(1));
    Optional<String> between = value(matcher.group(3));
    if (separator.isEmpty() || between.isEmpty()) {
      return Optional.empty();
    }
    int length = separator.get().length();
    if (between.get().length() < 2 * length) {
      return Optional.empty();
    }
    String variable = matcher.group(2);
    boolean appends = matcher.group(4).startsWith(variable + "=${");
    Member member =
        new Member(
            variable,
            appends ? ListEdit.Kind.APPEND : ListEdit.Kind.PREPEND,
            separator.get(),
            between.get().substring(length, between.get().length() - length));
    return Optional.of(member).filter(m -> m.line().equals(line.strip()));
  }

  /** The value of a word without anything that a shell would expand; empty where it has such. */
  private static Optional<String> value(String word) {
    StringBuilder value = new StringBuilder();
    int at = 0;
    while (at < word.length()) {
      char c = word.charAt(at++);
      if (c == '\'' || c == '"') {
        int end = word.indexOf(c, at);
        if (end < 0 || c == '"' && word.substring(at, end).matches("(?s).*[$`\\\\].*")) {
          return Optional.empty();
        }
        value.append(word, at, end);
        at = end + 1;
      } else if (c == '\\' && at < word.length()) {
        value.append(word.charAt(at++));
      } else if ("$`;&|<>()#~*?[ \t\\".indexOf(c) >= 0) {
        return Optional.empty();
      } else {
        value.append(c);
      }
    }
    return Optional.of(value.toString());
  }
}
