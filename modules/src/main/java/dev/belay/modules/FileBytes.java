package dev.belay.modules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.CharMatcher;
import com.google.common.io.ByteSource;
import dev.belay.module.Content;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Base64;

/**
 * The bytes of a file that is edited, whatever they are: what an edit does not touch stays byte for
 * byte, in any encoding.
 *
 * @param bytes one character of ISO-8859-1 for each byte
 */
record FileBytes(String bytes) {
  /** Where Python puts a byte that is no part of UTF-8: a half of a pair that no text has. */
  private static final int STRAY = 0xDC00;

  static FileBytes none() {
    return new FileBytes("");
  }

  /** As {@code base64} prints them. */
  static FileBytes ofBase64(String printed) {
    return new FileBytes(
        new String(
            Base64.getDecoder().decode(CharMatcher.whitespace().removeFrom(printed)), ISO_8859_1));
  }

  /** A text of a playbook. */
  static FileBytes of(String text) {
    StringBuilder bytes = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c > STRAY + 0x7f && c <= STRAY + 0xff) {
        bytes.append((char) (c - STRAY));
      } else {
        bytes.append(new String(Character.toString(c).getBytes(UTF_8), ISO_8859_1));
      }
      i += Character.charCount(c);
    }
    return new FileBytes(bytes.toString());
  }

  /** A file of the control side that is known to be small. */
  static FileBytes of(Content content) {
    return new FileBytes(content.text(ISO_8859_1));
  }

  /** Whether people can read it. */
  boolean isText() {
    String shown = shown();
    return shown.indexOf('\0') < 0 && shown.indexOf('\uFFFD') < 0;
  }

  /** As text in UTF-8, from which {@link #of} makes the same bytes again. */
  String text() {
    ByteBuffer in = ByteBuffer.wrap(bytes.getBytes(ISO_8859_1));
    CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
    CharsetDecoder decoder = UTF_8.newDecoder();
    while (true) {
      CoderResult end = decoder.decode(in, out, true);
      if (!end.isError()) {
        return out.flip().toString();
      }
      for (int i = 0; i < end.length(); i++) {
        out.put((char) (STRAY + (in.get() & 0xff)));
      }
    }
  }

  /** For people. */
  String shown() {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }

  Content content() {
    return new Content("content", ByteSource.wrap(bytes.getBytes(ISO_8859_1)));
  }
}
