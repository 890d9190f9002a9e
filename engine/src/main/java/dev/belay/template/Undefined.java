package dev.belay.template;

import dev.belay.problem.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a name stands for that is not defined. It may be passed along, tested and given a default,
 * and so may all that is inside it; any other use is an error.
 */
record Undefined(String why, Position at) {

  private static final Pattern NAME = Pattern.compile("'[^']*'(?=[^']*$)");

  /** Its name in quotes, where it has one, with a space behind. */
  String quoted() {
    Matcher name = NAME.matcher(why);
    return name.find() ? name.group() + " " : "";
  }

  /** The error of using it. */
  UndefinedException used() {
    return new UndefinedException(at, why);
  }
}
