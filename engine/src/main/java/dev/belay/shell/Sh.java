package dev.belay.shell;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;

/**
 * A piece of POSIX shell: the only way by which text becomes something that a host runs.
 *
 * <p>{@code Sh.of("ln -sfT -- {} {}", target, path)} quotes every argument, so that a value of a
 * playbook, an inventory or a host can never be read as code. An argument that is itself a {@code
 * Sh} goes in as it is; a collection goes in as its quoted members with spaces between. The
 * template is the author's own text and should be a constant.
 *
 * <p>Equality is that of the text.
 */
public final class Sh {
  private static final String HOLE = "{}";

  private final String text;

  private Sh(String text) {
    this.text = text;
  }

  /**
   * Fills the holes {@code {}} of a template, left to right.
   *
   * @throws IllegalArgumentException where holes and arguments differ in number, or an argument
   *     holds a NUL, which no argument of a process can
   */
  public static Sh of(String template, Object... arguments) {
    StringBuilder filled = new StringBuilder();
    int from = 0;
    for (Object argument : arguments) {
      int hole = template.indexOf(HOLE, from);
      checkArgument(hole >= 0, "more arguments than holes: %s", template);
      filled.append(template, from, hole).append(word(argument));
      from = hole + HOLE.length();
    }
    checkArgument(template.indexOf(HOLE, from) < 0, "more holes than arguments: %s", template);
    return new Sh(filled.append(template, from, template.length()).toString());
  }

  /**
   * The pieces one after another, each on its own line; all are run, whatever the ones before them
   * ended with.
   */
  public static Sh lines(List<Sh> pieces) {
    return new Sh(pieces.stream().map(Sh::text).collect(joining("\n")));
  }

  /** The pieces one after another; the first that fails ends them, with its status. */
  public static Sh all(List<Sh> pieces) {
    checkArgument(!pieces.isEmpty(), "nothing to run");
    return new Sh(pieces.stream().map(piece -> "{ " + piece.text + "\n}").collect(joining(" && ")));
  }

  /** A word in single quotes, or bare where it needs none. */
  public static String quote(String word) {
    checkArgument(word.indexOf('\0') < 0, "a NUL character cannot be passed to a command");
    return isPlain(word) ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static String word(Object argument) {
    if (argument instanceof Sh sh) {
      return sh.text;
    }
    if (argument instanceof Collection<?> members) {
      return members.stream().map(Sh::word).collect(joining(" "));
    }
    return quote(argument.toString());
  }

  private static boolean isPlain(String word) {
    return !word.isEmpty() && word.chars().allMatch(Sh::isPlain);
  }

  private static boolean isPlain(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "_./:-+,@%".indexOf(c) >= 0;
  }

  /** What the shell gets to read. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sh sh && sh.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
