package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Args;
import dev.belay.template.PythonRegex;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the fragments of a file are chosen and joined.
 *
 * @param end what follows a delimiter
 */
record Fragments(Optional<Pattern> names, boolean hidden, Optional<String> delimiter, String end) {
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(x[0-9A-Fa-f]{2}|[0-7]{1,3}|[abfnrtv\\\\'\"\\n])");

  /**
   * One fragment.
   *
   * @param bytes one character of ISO-8859-1 for each byte
   */
  record Part(String name, String bytes) {}

  static Fragments of(Args args) {
    Optional<String> delimiter =
        args.textIfGiven("delimiter")
            .filter(text -> !text.isEmpty())
            .map(text -> unescaped(FileBytes.of(text).bytes()));
    // Ansible's own join of files of the control side adds a line end to every delimiter.
    boolean always = !args.flag("remote_src");
    String end = always || delimiter.filter(text -> text.endsWith("\n")).isEmpty() ? "\n" : "";
    return new Fragments(
        args.textIfGiven("regexp").map(regex -> PythonRegex.compile(regex, 0)),
        !args.flag("ignore_hidden"),
        delimiter,
        end);
  }

  /** As Python reads the inside of a literal of bytes. */
  private static String unescaped(String text) {
    Matcher escapes = ESCAPE.matcher(text);
    StringBuilder plain = new StringBuilder();
    while (escapes.find()) {
      escapes.appendReplacement(plain, Matcher.quoteReplacement(meaning(escapes.group(1))));
    }
    return escapes.appendTail(plain).toString();
  }

  private static String meaning(String escape) {
    char first = escape.charAt(0);
    if (first == 'x') {
      return String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
    } else if (first >= '0' && first <= '7') {
      return String.valueOf((char) (Integer.parseInt(escape, 8) & 0xff));
    }
    int which = "abfnrtv".indexOf(first);
    return which >= 0
        ? String.valueOf("\u0007\b\f\n\r\t\u000b".charAt(which))
        : first == '\n' ? "" : escape;
  }

  /** All that are wanted, one behind the other. */
  String joined(List<Part> parts) {
    StringBuilder whole = new StringBuilder();
    boolean first = true;
    for (Part part : wanted(parts)) {
      if (!first && !whole.isEmpty() && whole.charAt(whole.length() - 1) != '\n') {
        whole.append('\n');
      }
      if (!first) {
        delimiter.ifPresent(text -> whole.append(text).append(end));
      }
      whole.append(part.bytes);
      first = false;
    }
    return whole.toString();
  }

  private ImmutableList<Part> wanted(List<Part> parts) {
    return parts.stream()
        .filter(part -> names.isEmpty() || names.get().matcher(part.name).find())
        .filter(part -> hidden || !part.name.startsWith("."))
        .sorted(Comparator.comparing(part -> FileBytes.of(part.name).bytes()))
        .collect(ImmutableList.toImmutableList());
  }
}
