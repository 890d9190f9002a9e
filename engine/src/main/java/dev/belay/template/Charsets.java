package dev.belay.template;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;

/** Encodings of text, under the names that Python has for them. */
public final class Charsets {
  private Charsets() {}

  /**
   * The encoding of that name.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Charset named(String name) {
    String plain =
        name.toLowerCase(Locale.ROOT)
            .replace('_', '-')
            .replaceFirst("^utf-?(16|32)-?([lb]e)$", "utf-$1$2")
            .replaceFirst("^latin-1$", "latin1")
            .replaceFirst("^iso-?8859-", "iso-8859-");
    try {
      return Charset.forName(plain);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException("unknown encoding: " + name, e);
    }
  }
}
