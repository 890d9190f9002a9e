package dev.belay.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads one stream of a co-process, frame by frame: what a command said, up to the line that the
 * lane's mark begins. The mark is made at random for each lane, so nothing that a command prints
 * can end its frame.
 */
final class FrameReader {
  /** In bytes, for one command. What is beyond is counted and dropped. */
  static final int LIMIT = 16 * 1024 * 1024;

  private static final int BUFFER = 32 * 1024;

  private final InputStream in;
  private final byte[] mark;
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;

  FrameReader(InputStream in, String mark) {
    this.in = in;
    this.mark = ("\n" + mark).getBytes(UTF_8);
  }

  /**
   * What stood before the mark, and what stands behind it on its line.
   *
   * @param cut bytes that were dropped
   */
  record Frame(byte[] body, String trailer, long cut) {
    String text() {
      return new String(body, UTF_8);
    }
  }

  /** The next frame; blocks until it is whole. Throws where the stream ends before. */
  Frame next() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    long cut = 0;
    int matched = 0;
    while (matched < mark.length) {
      int b = read();
      if (b == mark[matched]) {
        matched++;
        continue;
      }
      int kept = matched;
      matched = b == mark[0] ? 1 : 0;
      cut += keep(body, kept, b, matched);
    }
    return new Frame(body.toByteArray(), line(), cut);
  }

  /**
   * The part of the mark that proved to be none, and the byte that showed it. The mark's first byte
   * occurs in it once.
   */
  private long keep(ByteArrayOutputStream body, int matched, int b, int again) {
    int bytes = matched + (again == 1 ? 0 : 1);
    if (body.size() + bytes > LIMIT) {
      return bytes;
    }
    body.write(mark, 0, matched);
    if (again == 0) {
      body.write(b);
    }
    return 0;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = read(); b != '\n'; b = read()) {
      line.write(b);
    }
    return line.toString(UTF_8).strip();
  }

  private int read() throws IOException {
    if (from == to) {
      to = in.read(buffer);
      from = 0;
      if (to <= 0) {
        to = 0;
        throw new IOException("the shell on the host ended");
      }
    }
    return buffer[from++];
  }

  /** What has come and was not read: for messages about a shell that did not start. */
  String rest() {
    return new String(Arrays.copyOfRange(buffer, from, to), UTF_8).strip();
  }
}
