package dev.belay.module;

import com.google.common.collect.ImmutableList;
import dev.belay.shell.Sh;

/**
 * One difference between what was seen and what is wanted, and the steps that remove it. A check
 * shows it, a run carries it out: the very same object.
 *
 * @param what names the thing that differs: {@code vm.swappiness (live)}, {@code /etc/motd}
 * @param before as seen; {@code (absent)} where there was nothing
 * @param after as wanted; may have several lines, which {@code --diff} compares with {@code before}
 */
public record Change(String what, String before, String after, ImmutableList<Step> steps) {

  /** What stands in {@link #before} or {@link #after} where there is nothing. */
  public static final String ABSENT = "(absent)";

  /** A difference that can be shown, and that nothing here removes. */
  public static Change unmendable(String what, String before, String after) {
    return new Change(what, before, after, ImmutableList.of());
  }

  /** A difference that one script removes. */
  public static Change run(String what, String before, String after, Sh script) {
    return new Change(what, before, after, ImmutableList.of(new Step.Run(script)));
  }
}
