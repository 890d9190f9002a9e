package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.template.PythonRegex;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code lineinfile} makes of a text. Pure. Texts and patterns are bytes, as {@link FileBytes}
 * has them.
 */
record LineEdit(
    Optional<String> line,
    Optional<Pattern> regexp,
    Optional<String> part,
    boolean removes,
    boolean backrefs,
    Place place,
    boolean first) {

  /** Where a line goes that nothing fits. */
  sealed interface Place {
    record Begin() implements Place {}

    record End() implements Place {}

    record After(Pattern pattern) implements Place {}

    record Before(Pattern pattern) implements Place {}
  }

  static LineEdit of(Args args) {
    boolean removes = args.text("state").equals("absent");
    Optional<String> line = args.textIfGiven("line").map(text -> FileBytes.of(text).bytes());
    Optional<String> regexp = args.textIfGiven("regexp");
    Optional<String> part =
        args.textIfGiven("search_string").map(text -> FileBytes.of(text).bytes());
    refuse(!removes && line.isEmpty(), "state=present needs 'line'");
    refuse(
        removes && line.isEmpty() && regexp.isEmpty() && part.isEmpty(),
        "state=absent needs 'line', 'regexp' or 'search_string'");
    refuse(
        !removes && args.flag("backrefs") && regexp.isEmpty() && part.isEmpty(),
        "'backrefs' needs 'regexp'");
    refuse(regexp.isPresent() && part.isPresent(), "give one of 'regexp' and 'search_string'");
    refuse(args.flag("backrefs") && part.isPresent(), "give one of 'backrefs' and 'search_string'");
    refuse(
        args.has("insertafter") && args.has("insertbefore"),
        "give one of 'insertafter' and 'insertbefore'");
    return new LineEdit(
        line,
        regexp.map(PythonRegex::ofBytes),
        part,
        removes,
        args.flag("backrefs"),
        place(args),
        args.flag("firstmatch"));
  }

  /** What the user is warned of, where the pattern is empty. */
  Optional<String> fitsEverything() {
    boolean empty = regexp.filter(pattern -> pattern.pattern().isEmpty()).isPresent();
    if (!empty && part.filter(String::isEmpty).isEmpty()) {
      return Optional.empty();
    }
    String which = empty ? "regular expression" : "search string";
    String instead =
        " If this is desired, use '^' to match every line in the file and avoid this warning.";
    return Optional.of(
        "The "
            + which
            + " is an empty string, which will match every line in the file. This may have unintended consequences, such as replacing the last line in the file rather than appending."
            + (empty ? instead : ""));
  }

  private static void refuse(boolean wrong, String what) {
    if (wrong) {
      throw new IllegalArgumentException(what);
    }
  }

  private static Place place(Args args) {
    String after = args.textIfGiven("insertafter").orElse("");
    String before = args.textIfGiven("insertbefore").orElse("");
    if (after.equals("BOF") || before.equals("BOF")) {
      return new Place.Begin();
    } else if (!before.isEmpty()) {
      return new Place.Before(PythonRegex.ofBytes(before));
    }
    return after.isEmpty() || after.equals("EOF")
        ? new Place.End()
        : new Place.After(PythonRegex.ofBytes(after));
  }

  /** The text as it is to be. */
  TextFile.Edited applied(FileBytes text) {
    List<String> lines = Lines.feeds(text.bytes());
    String msg = removes ? removed(lines) : present(lines);
    ImmutableMap.Builder<String, Object> told = ImmutableMap.builder();
    told.put("msg", msg).put("backup", "");
    if (removes) {
      told.put("found", (long) (Lines.feeds(text.bytes()).size() - lines.size()));
    }
    return new TextFile.Edited(new FileBytes(String.join("", lines)), told.buildOrThrow());
  }

  private String removed(List<String> lines) {
    int before = lines.size();
    lines.removeIf(each -> isGiven() ? isMeant(each) : Lines.bare(each).equals(line.orElseThrow()));
    return before == lines.size() ? "" : before - lines.size() + " line(s) removed";
  }

  private boolean isGiven() {
    return regexp.isPresent() || part.isPresent();
  }

  private boolean isMeant(String each) {
    return regexp.map(r -> found(r, each)).orElseGet(() -> part.filter(each::contains).isPresent());
  }

  private static boolean found(Pattern pattern, String line) {
    return pattern.matcher(PythonRegex.bounded(line)).find();
  }

  private String present(List<String> lines) {
    String wanted = Lines.ended(line.orElseThrow());
    int meant = isGiven() ? meant(lines) : -1;
    if (meant >= 0) {
      return replaced(lines, meant, backrefs ? Lines.ended(expanded(lines.get(meant))) : wanted);
    }
    int near = -1;
    int same = -1;
    for (int i = 0; i < lines.size() && (near < 0 || !first); i++) {
      if (Lines.bare(lines.get(i)).equals(line.orElseThrow())) {
        same = i;
      } else if (isNear(lines.get(i))) {
        near = i;
      }
    }
    if (same >= 0) {
      return replaced(lines, same, wanted);
    }
    return backrefs ? "" : added(lines, near, wanted);
  }

  private int meant(List<String> lines) {
    int meant = -1;
    for (int i = 0; i < lines.size() && (meant < 0 || !first); i++) {
      meant = isMeant(lines.get(i)) ? i : meant;
    }
    return meant;
  }

  private static String replaced(List<String> lines, int at, String wanted) {
    return lines.set(at, wanted).equals(wanted) ? "" : "line replaced";
  }

  private String expanded(String old) {
    Matcher matcher = regexp.orElseThrow().matcher(old);
    return matcher.find() ? PythonRegex.expand(line.orElseThrow(), matcher) : line.orElseThrow();
  }

  private boolean isNear(String each) {
    if (place instanceof Place.After after) {
      return found(after.pattern(), each);
    }
    return place instanceof Place.Before before && found(before.pattern(), each);
  }

  private String added(List<String> lines, int near, String wanted) {
    if (place instanceof Place.Begin) {
      lines.add(0, wanted);
    } else if (near >= 0 && place instanceof Place.Before) {
      lines.add(near, wanted);
    } else if (near >= 0 && near + 1 < lines.size()) {
      lines.add(near + 1, wanted);
    } else {
      // A file may end without a line end; one that ends with a carriage return has one.
      int last = lines.size() - 1;
      if (last >= 0 && Lines.bare(lines.get(last)).equals(lines.get(last))) {
        lines.set(last, lines.get(last) + "\n");
      }
      lines.add(wanted);
    }
    return "line added";
  }
}
