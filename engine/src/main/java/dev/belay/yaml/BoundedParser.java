package dev.belay.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * A parser that ends where a file holds more values than anybody writes. A value of two letters
 * takes hundreds of bytes of memory, so the size of the file alone is no bound.
 */
final class BoundedParser implements Parser {
  /** Scalars, aliases, and the begins and ends of lists and mappings. */
  static final int LIMIT = 1_000_000;

  private final Parser parser;
  private int count;

  BoundedParser(Parser parser) {
    this.parser = parser;
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return parser.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  @Override
  public boolean hasNext() {
    return parser.hasNext();
  }

  @Override
  public Event next() {
    Event event = parser.next();
    count++;
    if (count > LIMIT) {
      throw new TooManyException(event.getStartMark());
    }
    return event;
  }

  /** There are more than {@link #LIMIT}. */
  static final class TooManyException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Optional<Mark> mark;

    TooManyException(Optional<Mark> mark) {
      super("too many values", null, false, false);
      this.mark = mark;
    }

    Optional<Mark> mark() {
      return mark;
    }
  }
}
