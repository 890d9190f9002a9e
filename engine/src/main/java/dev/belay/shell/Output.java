package dev.belay.shell;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;

/**
 * What a command said and how it ended.
 *
 * @param status the exit status, 0 to 255
 * @param out standard output, decoded as UTF-8; a byte that is not part of it becomes U+FFFD
 * @param err standard error, likewise
 * @param cut how many bytes of the two were dropped because there were too many; 0 where nothing is
 *     missing
 */
public record Output(int status, String out, String err, long cut) {

  /** Nothing missing. */
  public Output(int status, String out, String err) {
    this(status, out, err, 0);
  }

  /** Ended with 0 and nothing on standard error. */
  public static Output ok(String out) {
    return new Output(0, out, "");
  }

  public boolean succeeded() {
    return status == 0;
  }

  /** The lines of standard output, without their ends; a last line without an end counts too. */
  public ImmutableList<String> lines() {
    return lines(out);
  }

  /** The lines of a text, as {@link #lines()}. */
  public static ImmutableList<String> lines(String text) {
    if (text.isEmpty()) {
      return ImmutableList.of();
    }
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return ImmutableList.copyOf(Splitter.on('\n').split(body));
  }
}
