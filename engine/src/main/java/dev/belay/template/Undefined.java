package dev.belay.template;

import dev.belay.problem.Position;

/**
 * What a name stands for that is not defined. It may be passed along, tested and given a default,
 * and so may all that is inside it; any other use is an error.
 */
record Undefined(String why, Position at) {

  /** The error of using it. */
  UndefinedException used() {
    return new UndefinedException(at, why);
  }
}
