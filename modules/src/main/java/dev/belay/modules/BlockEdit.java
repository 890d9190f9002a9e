package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Args;
import dev.belay.template.PythonRegex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code blockinfile} makes of a text. Pure. Texts and patterns are bytes, as {@link
 * FileBytes} has them.
 *
 * @param block the lines between the markers; none where the block is to go
 * @param begin the line before the block
 * @param end the line behind it
 */
record BlockEdit(
    ImmutableList<String> block, String begin, String end, boolean removes, Place place) {

  /** Where a block goes that is not there. */
  sealed interface Place {
    record Begin() implements Place {}

    record End() implements Place {}

    /** Behind the last line that fits. */
    record After(Fit fit) implements Place {}

    /** Before the last line that fits. */
    record Before(Fit fit) implements Place {}
  }

  /** A pattern for lines; with {@code (?m)} at its beginning one for the whole text. */
  record Fit(Pattern pattern, boolean whole) {
    private static final Pattern MULTILINE = Pattern.compile("\\(\\?[a-zA-Z]*m[a-zA-Z]*\\)");

    static Fit of(String regexp) {
      return new Fit(PythonRegex.ofBytes(regexp), MULTILINE.matcher(regexp).lookingAt());
    }

    /** The number of the line where it fits, counted from 0. */
    Optional<Integer> line(List<String> lines, Side side) {
      if (whole) {
        String text = String.join("", lines);
        Matcher found = pattern.matcher(PythonRegex.bounded(text));
        return found.find()
            ? Optional.of(feeds(text, side == Side.AFTER ? found.end() : found.start()))
            : Optional.empty();
      }
      Optional<Integer> last = Optional.empty();
      for (int i = 0; i < lines.size(); i++) {
        if (pattern.matcher(PythonRegex.bounded(lines.get(i))).find()) {
          last = Optional.of(i);
        }
      }
      return last;
    }

    private static int feeds(String text, int end) {
      return (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }
  }

  private enum Side {
    BEFORE,
    AFTER
  }

  static BlockEdit of(Args args) {
    if (args.has("insertafter") && args.has("insertbefore")) {
      throw new IllegalArgumentException("give one of 'insertafter' and 'insertbefore'");
    }
    boolean removes = args.text("state").equals("absent");
    String block = FileBytes.of(args.text("block")).bytes();
    return new BlockEdit(
        removes || block.isEmpty()
            ? ImmutableList.of()
            : ImmutableList.copyOf(Lines.all(Lines.ended(block))),
        marker(args, "marker_begin"),
        marker(args, "marker_end"),
        removes,
        place(args));
  }

  private static String marker(Args args, String word) {
    return FileBytes.of(args.text("marker").replace("{mark}", args.text(word))).bytes() + "\n";
  }

  private static Place place(Args args) {
    Optional<String> after = args.textIfGiven("insertafter").filter(where -> !where.equals("EOF"));
    Optional<String> before = args.textIfGiven("insertbefore");
    if (before.isPresent()) {
      return before.get().equals("BOF")
          ? new Place.Begin()
          : new Place.Before(Fit.of(before.get()));
    }
    return after.<Place>map(where -> new Place.After(Fit.of(where))).orElseGet(Place.End::new);
  }

  /** Whether the file is to have no block. */
  boolean isEmpty() {
    return block.isEmpty();
  }

  /** The text as it is to be. */
  String applied(String text) {
    List<String> lines = new ArrayList<>(Lines.all(text));
    int at = taken(lines);
    // Even where nothing is put in, the line before gets its end: so does Ansible.
    if (at > 0) {
      lines.set(at - 1, Lines.ended(lines.get(at - 1)));
    }
    if (!block.isEmpty()) {
      lines.add(at, end);
      lines.addAll(at, block);
      lines.add(at, begin);
    }
    return String.join("", lines);
  }

  /** Takes the block out, where it is there; gives the place where it goes. */
  private int taken(List<String> lines) {
    int first = lines.lastIndexOf(begin);
    int last = lines.lastIndexOf(end);
    if (first < 0 || last < 0) {
      return place(lines);
    }
    lines.subList(Math.min(first, last), Math.max(first, last) + 1).clear();
    return Math.min(first, last);
  }

  private int place(List<String> lines) {
    if (place instanceof Place.Begin) {
      return 0;
    } else if (place instanceof Place.After after) {
      return after.fit.line(lines, Side.AFTER).map(i -> i + 1).orElse(lines.size());
    } else if (place instanceof Place.Before before) {
      return before.fit.line(lines, Side.BEFORE).orElse(lines.size());
    }
    return lines.size();
  }
}
