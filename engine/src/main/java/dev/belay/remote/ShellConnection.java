package dev.belay.remote;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Content;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connection made of lanes: a shell for the login user, and one for each user that tasks become.
 */
final class ShellConnection implements Connection {
  private static final int UPLOAD_BUFFER = 256 * 1024;

  private final Transport transport;
  private final Optional<Secret> becomePassword;
  private final Map<Become, ShellLane> lanes = new HashMap<>();
  private final Map<Become, String> folders = new HashMap<>();
  private int roundTrips;

  ShellConnection(Transport transport, Optional<Secret> becomePassword) {
    this.transport = transport;
    this.becomePassword = becomePassword;
  }

  @Override
  public ImmutableList<Output> exchange(Become become, List<Sh> commands)
      throws UnreachableException, BecomeException {
    ShellLane lane = lane(become);
    roundTrips++;
    return lane.exchange(commands);
  }

  private ShellLane lane(Become become) throws UnreachableException, BecomeException {
    ShellLane known = lanes.get(become);
    if (known != null) {
      return known;
    }
    ShellLane fresh =
        become.user().isEmpty()
            ? ShellLane.over(transport.start("exec /bin/sh"))
            : new BecomeLane(transport, become, becomePassword).open();
    lanes.put(become, fresh);
    return fresh;
  }

  /**
   * Streams the bytes through a process of their own into a folder that only the user can read. So
   * it works without sftp, and a file for another user is never readable by a third.
   */
  @Override
  public String upload(Become become, Content content)
      throws UnreachableException, BecomeException {
    String folder = folder(become);
    String path = folder + "/" + Long.toHexString(System.nanoTime());
    Output made =
        exchange(
                become, List.of(Sh.of("mkfifo -m 0622 -- {}.in && chmod 0711 -- {}", path, folder)))
            .get(0);
    if (!made.succeeded()) {
      throw new UnreachableException(
          UnreachableException.Phase.SESSION,
          "no room for '" + content.name() + "': " + made.err().strip());
    }
    Output copied = copy(become, content, path);
    if (!copied.succeeded()) {
      throw new UnreachableException(
          UnreachableException.Phase.SESSION,
          "'" + content.name() + "' did not arrive: " + copied.err().strip());
    }
    return path;
  }

  private Output copy(Become become, Content content, String path)
      throws UnreachableException, BecomeException {
    ShellStreams sender =
        transport.start(Sh.of("exec /bin/sh -c {}", Sh.of("cat > {}", path + ".in").text()).text());
    java.util.concurrent.CompletableFuture<Void> sending =
        java.util.concurrent.CompletableFuture.runAsync(
            () -> send(content, sender), LaneThreads.POOL);
    Output output =
        exchange(
                become,
                List.of(
                    Sh.of(
                        "umask 077; cat < {} > {} && rm -f -- {} && [ \"$(wc -c < {})\" -eq {} ]",
                        path + ".in",
                        path,
                        path + ".in",
                        path,
                        content.size())))
            .get(0);
    sending.join();
    sender.close();
    return output;
  }

  private static void send(Content content, ShellStreams sender) {
    try (java.io.InputStream from = content.bytes().openStream();
        OutputStream to = sender.in()) {
      byte[] buffer = new byte[UPLOAD_BUFFER];
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        to.write(buffer, 0, read);
      }
      to.flush();
    } catch (IOException e) {
      sender.close();
    }
  }

  private String folder(Become become) throws UnreachableException, BecomeException {
    String known = folders.get(become);
    if (known != null) {
      return known;
    }
    Output made =
        exchange(become, List.of(Sh.of("mktemp -d \"${TMPDIR:-/tmp}/belay.XXXXXXXX\""))).get(0);
    if (!made.succeeded()) {
      throw new UnreachableException(
          UnreachableException.Phase.SESSION,
          "no temporary folder on the host: " + made.err().strip());
    }
    folders.put(become, made.out().strip());
    return made.out().strip();
  }

  @Override
  public int roundTrips() {
    return roundTrips;
  }

  @Override
  public void close() {
    folders.forEach(
        (become, folder) -> {
          try {
            lanes.get(become).exchange(List.of(Sh.of("rm -rf -- {}", folder)));
          } catch (UnreachableException e) {
            // The host is gone; its folder is empty of secrets that others could read.
          }
        });
    lanes.values().forEach(ShellLane::close);
    transport.close();
  }
}
