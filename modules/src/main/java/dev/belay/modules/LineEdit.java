package dev.belay.modules;

import dev.belay.module.Args;
import dev.belay.shell.Output;
import dev.belay.template.PythonRegex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code lineinfile} makes of a text. Pure. */
record LineEdit(
    Optional<String> line,
    Optional<Pattern> regexp,
    Optional<String> part,
    boolean removes,
    boolean backrefs,
    Optional<String> after,
    Optional<String> before,
    boolean first) {

  static LineEdit of(Args args) {
    boolean removes = args.text("state").equals("absent");
    Optional<String> line = args.textIfGiven("line");
    Optional<String> regexp = args.textIfGiven("regexp");
    Optional<String> part = args.textIfGiven("search_string");
    if (!removes && line.isEmpty()) {
      throw new IllegalArgumentException("state=present needs 'line'");
    } else if (removes && line.isEmpty() && regexp.isEmpty() && part.isEmpty()) {
      throw new IllegalArgumentException("state=absent needs 'line', 'regexp' or 'search_string'");
    } else if (args.flag("backrefs") && regexp.isEmpty()) {
      throw new IllegalArgumentException("'backrefs' needs 'regexp'");
    } else if (regexp.isPresent() && part.isPresent()) {
      throw new IllegalArgumentException("give one of 'regexp' and 'search_string'");
    }
    return new LineEdit(
        line,
        regexp.map(r -> PythonRegex.compile(r, 0)),
        part,
        removes,
        args.flag("backrefs"),
        args.textIfGiven("insertafter"),
        args.textIfGiven("insertbefore"),
        args.flag("firstmatch"));
  }

  /** The text as it is to be. */
  String applied(String text) {
    List<String> lines = new ArrayList<>(Output.lines(text));
    boolean ended = text.isEmpty() || text.endsWith("\n");
    boolean changed = removes ? lines.removeIf(this::isMeant) : present(lines);
    if (!changed) {
      return text;
    }
    boolean endsNow =
        ended || !text.endsWith(lines.isEmpty() ? "" : lines.get(lines.size() - 1)) || removes;
    return lines.isEmpty() ? "" : String.join("\n", lines) + (endsNow ? "\n" : "");
  }

  private boolean isMeant(String each) {
    if (regexp.isPresent()) {
      return found(regexp.get(), each);
    }
    return part.map(each::contains).orElseGet(() -> line.filter(each::equals).isPresent());
  }

  private static boolean found(Pattern pattern, String line) {
    return pattern.matcher(PythonRegex.bounded(line)).find();
  }

  private boolean present(List<String> lines) {
    int place = regexp.isPresent() || part.isPresent() ? place(lines) : -1;
    if (place >= 0) {
      String wanted = backrefs ? expanded(lines.get(place)) : line.orElseThrow();
      return !lines.set(place, wanted).equals(wanted);
    } else if (backrefs || lines.contains(line.orElseThrow())) {
      return false;
    }
    lines.add(insertion(lines), line.orElseThrow());
    return true;
  }

  private int place(List<String> lines) {
    int place = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (isMeant(lines.get(i)) && (place < 0 || !first)) {
        place = i;
      }
    }
    return place;
  }

  private String expanded(String old) {
    Matcher matcher = regexp.orElseThrow().matcher(old);
    String template = line.orElseThrow();
    return matcher.find() ? PythonRegex.expand(template, matcher) : template;
  }

  private int insertion(List<String> lines) {
    if (before.isPresent()) {
      return before.get().equals("BOF") ? 0 : near(lines, before.get()).orElse(lines.size());
    }
    return after
        .filter(where -> !where.equals("EOF"))
        .flatMap(where -> near(lines, where))
        .map(i -> i + 1)
        .orElse(lines.size());
  }

  private Optional<Integer> near(List<String> lines, String where) {
    Pattern pattern = PythonRegex.compile(where, 0);
    Optional<Integer> place = Optional.empty();
    for (int i = 0; i < lines.size(); i++) {
      if (found(pattern, lines.get(i)) && (place.isEmpty() || !first)) {
        place = Optional.of(i);
      }
    }
    return place;
  }
}
