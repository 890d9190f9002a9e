package dev.belay.yaml;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import dev.belay.problem.LineStarts;
import dev.belay.problem.Position;
import dev.belay.problem.SourceMap;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Finds out where in a file the characters of its scalars stand. */
final class SourcePlaces {
  private final String file;
  private final String text;
  private final boolean hasPairs;
  private final Supplier<LineStarts> lines;
  private int codePointsBefore;
  private int offsetBefore;
  // A template is asked for many of its places in a row.
  private volatile Optional<ScalarPlaces> asked = Optional.empty();

  SourcePlaces(String file, String text) {
    this.file = file;
    this.text = text;
    hasPairs = text.codePointCount(0, text.length()) < text.length();
    lines = Suppliers.memoize(() -> LineStarts.of(text));
  }

  /** The place of the character at that offset of the whole file. */
  Position at(int offset) {
    int end = Math.max(0, Math.min(offset, text.length()));
    int line = lines.get().line(end);
    return new Position(file, line + 1, end - lines.get().start(line) + 1);
  }

  /** Where it begins. */
  Position at(Event event) {
    Mark mark = event.getStartMark().orElseThrow();
    return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** Those of a scalar with that value. Scalars come in the order in which they stand. */
  SourceMap of(ScalarEvent event, String value) {
    return new Spot(this, value, offset(event.getStartMark().orElseThrow().getIndex()));
  }

  /** The parser counts code points; this goes on from the one before. */
  private int offset(int codePoints) {
    int step = codePoints - codePointsBefore;
    offsetBefore = hasPairs ? text.offsetByCodePoints(offsetBefore, step) : offsetBefore + step;
    codePointsBefore = codePoints;
    return offsetBefore;
  }

  String text() {
    return text;
  }

  LineStarts lines() {
    return lines.get();
  }

  private ScalarPlaces inside(Spot spot) {
    Optional<ScalarPlaces> before = asked.filter(places -> places.isOf(spot.start, spot.value));
    if (before.isEmpty()) {
      before = Optional.of(new ScalarPlaces(this, spot.start, spot.value));
      asked = before;
    }
    return before.get();
  }

  /** There is one for each scalar of a file, so it holds no more than it must. */
  private static final class Spot implements SourceMap {
    private final SourcePlaces places;
    private final String value;
    private final int start;

    Spot(SourcePlaces places, String value, int start) {
      this.places = places;
      this.value = value;
      this.start = start;
    }

    @Override
    public Position at(int offset) {
      return offset == 0 ? places.at(start) : places.inside(this).at(offset);
    }
  }
}
