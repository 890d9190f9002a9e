package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Args;
import dev.belay.shell.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code ini_file} makes of a text: an option of a section with its values, or a section. All
 * other lines stay byte for byte. Pure.
 *
 * @param section empty for what stands before the first section
 * @param option empty where the section itself is meant
 */
record IniEdit(
    String section,
    String option,
    ImmutableList<String> values,
    boolean present,
    boolean exclusive,
    String equals,
    boolean noValue,
    boolean revives,
    boolean ignoresSpaces) {
  private static final Pattern HEADER = Pattern.compile("^\\s*\\[(.*)\\]\\s*$");
  private static final Pattern CONTENT = Pattern.compile("^[ \\t]*([^#; \\t].*)$");

  static IniEdit of(Args args) {
    boolean present = args.text("state").equals("present");
    String option = args.textIfGiven("option").orElse("");
    ImmutableList<String> values =
        args.has("values")
            ? args.texts("values")
            : ImmutableList.copyOf(args.textIfGiven("value").stream().toList());
    if (args.has("value") && args.has("values")) {
      throw new IllegalArgumentException("give one of 'value' and 'values'");
    } else if (present && !option.isEmpty() && values.isEmpty() && !args.flag("allow_no_value")) {
      throw new IllegalArgumentException(
          "state=present needs 'value' or 'values', unless 'allow_no_value' is true");
    }
    String section = args.textIfGiven("section").orElse("");
    for (String text :
        ImmutableList.<String>builder().add(section, option).addAll(values).build()) {
      if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
        throw new IllegalArgumentException("a section, an option and a value are each one line");
      }
    }
    return new IniEdit(
        section,
        option,
        values,
        present,
        args.flag("exclusive"),
        args.flag("no_extra_spaces") ? "=" : " = ",
        args.flag("allow_no_value"),
        args.flag("modify_inactive_option"),
        args.flag("ignore_spaces"));
  }

  /** The text as it is to be. */
  String applied(String text) {
    List<String> lines = new ArrayList<>(Output.lines(text));
    List<String> before = List.copyOf(lines);
    int from = start(lines);
    if (from < 0) {
      if (present) {
        lines.add("[" + section + "]");
        lines.addAll(wanted());
      }
    } else if (option.isEmpty()) {
      section(lines, from);
    } else if (present) {
      set(lines, from);
    } else {
      unset(lines, from);
    }
    return lines.equals(before) ? text : joined(lines);
  }

  private static String joined(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /** The line behind the section's header; less than 0 where there is none. */
  private int start(List<String> lines) {
    if (section.isEmpty()) {
      return 0;
    }
    for (int i = 0; i < lines.size(); i++) {
      if (header(lines.get(i)).filter(section::equals).isPresent()) {
        return i + 1;
      }
    }
    return -1;
  }

  private static Optional<String> header(String line) {
    Matcher header = HEADER.matcher(line);
    return header.matches() ? Optional.of(header.group(1).strip()) : Optional.empty();
  }

  private static int end(List<String> lines, int from) {
    int end = from;
    while (end < lines.size() && header(lines.get(end)).isEmpty()) {
      end++;
    }
    return end;
  }

  private void section(List<String> lines, int from) {
    if (!present) {
      lines.subList(section.isEmpty() ? from : from - 1, end(lines, from)).clear();
    }
  }

  private List<String> wanted() {
    if (option.isEmpty()) {
      return List.of();
    }
    return values.isEmpty()
        ? List.of(option)
        : values.stream().map(value -> (option + equals + value).stripTrailing()).toList();
  }

  /** Lines that are right stay; others of the option become what is missing, or go. */
  private void set(List<String> lines, int from) {
    List<String> missing = new ArrayList<>(wanted());
    List<Integer> spare = new ArrayList<>();
    List<Integer> sleeping = new ArrayList<>();
    for (int i = from; i < end(lines, from); i++) {
      if (isOption(lines.get(i), "")) {
        if (!takes(missing, lines.get(i))) {
          spare.add(i);
        }
      } else if (revives && isOption(lines.get(i), "[#;]\\s*")) {
        sleeping.add(i);
      }
    }
    if (exclusive || values.isEmpty()) {
      reuse(lines, spare, missing);
    }
    while (!missing.isEmpty() && !sleeping.isEmpty()) {
      lines.set(sleeping.remove(0), missing.remove(0));
    }
    if (exclusive || values.isEmpty()) {
      for (int i = spare.size() - 1; i >= 0; i--) {
        lines.remove((int) spare.get(i));
      }
    }
    lines.addAll(insertion(lines, from), missing);
  }

  private static void reuse(List<String> lines, List<Integer> spare, List<String> missing) {
    while (!missing.isEmpty() && !spare.isEmpty()) {
      lines.set(spare.remove(0), missing.remove(0));
    }
  }

  private boolean takes(List<String> missing, String line) {
    if (missing.remove(line)) {
      return true;
    }
    return ignoresSpaces && missing.removeIf(each -> tight(each).equals(tight(line)));
  }

  private static String tight(String line) {
    return line.strip().replaceFirst("\\s*=\\s*", "=");
  }

  private void unset(List<String> lines, int from) {
    int end = end(lines, from);
    for (int i = end - 1; i >= from; i--) {
      String line = lines.get(i);
      boolean meant =
          exclusive
              || values.isEmpty()
              || values.stream().anyMatch(v -> tight(line).equals(tight(option + "=" + v)));
      if (isOption(line, "") && meant) {
        lines.remove(i);
      }
    }
  }

  private boolean isOption(String line, String before) {
    return Pattern.compile("\\s*" + before + Pattern.quote(option) + "\\s*(=.*)?")
            .matcher(line)
            .matches()
        && (noValue || line.indexOf('=') >= 0);
  }

  /** Behind the section's last line that says something. */
  private static int insertion(List<String> lines, int from) {
    int at = end(lines, from);
    while (at > from && !CONTENT.matcher(lines.get(at - 1)).matches()) {
      at--;
    }
    return at;
  }
}
