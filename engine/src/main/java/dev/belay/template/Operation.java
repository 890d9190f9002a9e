package dev.belay.template;

/** A filter, a test or a function: makes a value of a call. */
@FunctionalInterface
interface Operation {

  /**
   * Its value.
   *
   * @throws IllegalArgumentException with a sentence where the call makes no sense; whoever calls
   *     adds the place
   */
  Object apply(Call call);
}
