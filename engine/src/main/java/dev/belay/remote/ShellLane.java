package dev.belay.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A long-lived {@code sh} on a host that commands are sent to in batches.
 *
 * <p>Each command runs in a subshell with empty standard input, so that it can neither eat the
 * commands behind it nor end the shell. Behind it a builtin writes the lane's mark on both streams:
 * no file and no process is made for it.
 */
final class ShellLane implements AutoCloseable {
  private static final String PREPARE =
      "unset LD_PRELOAD ENV BASH_ENV; LC_ALL=C; LANG=C; export LC_ALL LANG; "
          + "PATH=\"${PATH:-/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"; export PATH; cd . 2>/dev/null || cd /; umask 022\n";

  private final ShellStreams streams;
  private final String mark;
  private final FrameReader out;
  private final FrameReader err;

  private ShellLane(ShellStreams streams, String mark) {
    this.streams = streams;
    this.mark = mark;
    out = new FrameReader(streams.out(), mark);
    err = new FrameReader(streams.err(), mark);
  }

  /** A word that nobody can guess. */
  static String freshMark() {
    return "belay-"
        + Long.toHexString(new SecureRandom().nextLong())
        + Long.toHexString(System.nanoTime());
  }

  /**
   * A lane over a shell that reads commands already, or will when it is up. Costs no round trip.
   */
  static ShellLane over(ShellStreams streams) throws UnreachableException {
    ShellLane lane = new ShellLane(streams, freshMark());
    lane.send(PREPARE + lane.end("0"));
    return lane;
  }

  /** Whether the frame that ends what the login printed is still to come. */
  private boolean greeted;

  /** Runs the commands one after another and gives an output for each. */
  ImmutableList<Output> exchange(List<Sh> commands) throws UnreachableException {
    StringBuilder script = new StringBuilder();
    for (Sh command : commands) {
      script.append("(\n").append(command.text()).append("\n) </dev/null\n").append(end("$?"));
    }
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(() -> sendUnchecked(script.toString()), LaneThreads.POOL);
    try {
      if (!greeted) {
        skipGreeting();
      }
      ImmutableList.Builder<Output> outputs = ImmutableList.builder();
      for (int i = 0; i < commands.size(); i++) {
        outputs.add(output());
      }
      sending.join();
      return outputs.build();
    } catch (IOException | CompletionException e) {
      throw new UnreachableException(
          UnreachableException.Phase.SESSION, "the connection was lost: " + e.getMessage(), e);
    }
  }

  private void skipGreeting() throws IOException {
    CompletableFuture<FrameReader.Frame> other = errFrame();
    out.next();
    other.join();
    greeted = true;
  }

  private Output output() throws IOException {
    CompletableFuture<FrameReader.Frame> other = errFrame();
    FrameReader.Frame frame = out.next();
    FrameReader.Frame errors = other.join();
    return new Output(
        Integer.parseInt(frame.trailer()), frame.text(), errors.text(), frame.cut() + errors.cut());
  }

  /** Both streams are read at once: a command that fills one must not wait for the other. */
  private CompletableFuture<FrameReader.Frame> errFrame() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return err.next();
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        },
        LaneThreads.POOL);
  }

  private String end(String status) {
    return "printf '\\n" + mark + " %d\\n' " + status + "; printf '\\n" + mark + "\\n' >&2\n";
  }

  private void sendUnchecked(String script) {
    try {
      send(script);
    } catch (UnreachableException e) {
      throw new CompletionException(e);
    }
  }

  private void send(String script) throws UnreachableException {
    try {
      streams.in().write(script.getBytes(UTF_8));
      streams.in().flush();
    } catch (IOException e) {
      throw new UnreachableException(
          UnreachableException.Phase.SESSION, "the connection was lost: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    streams.close();
  }
}
