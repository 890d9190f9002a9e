package dev.belay.module;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.HashFunction;
import com.google.common.io.ByteSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;

/**
 * Bytes of the control side that may go to a host: a text of a playbook or a file beside it.
 *
 * @param name what messages call it: a path, or {@code content}
 * @param bytes opened anew by each reader, so that a large file is never held in memory
 */
public record Content(String name, ByteSource bytes) {

  /** A text, as UTF-8. */
  public static Content of(String text) {
    return new Content("content", ByteSource.wrap(text.getBytes(UTF_8)));
  }

  /** In bytes. */
  public long size() {
    try {
      return bytes.size();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** In hexadecimal digits. */
  public String checksum(HashFunction algorithm) {
    try {
      return bytes.hash(algorithm).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** As text in UTF-8; for contents that are known to be small. */
  public String text() {
    return text(UTF_8);
  }

  /** As text in that encoding; for contents that are known to be small. */
  public String text(Charset encoding) {
    try {
      return bytes.asCharSource(encoding).read();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
