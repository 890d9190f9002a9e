package dev.belay.run;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.belay.module.Step.ByEngine;
import dev.belay.remote.BecomeException;
import dev.belay.remote.UnreachableException;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;

/**
 * A file on its way from a host to the control side: piece by piece over the lane of the user who
 * may read it, so in constant memory, without sftp, and never readable by a third. It is written
 * beside its place and renamed when it is whole.
 */
final class Fetching {
  /** In bytes: what base64 makes of it is held in memory, once for each host at work. */
  private static final int PIECE = 1024 * 1024;

  private final ByEngine.Fetch fetch;
  private final Path to;
  private final Path meanwhile;

  Fetching(ByEngine.Fetch fetch) {
    this.fetch = fetch;
    to = Path.of(fetch.to().path());
    meanwhile =
        to.resolveSibling("." + to.getFileName() + ".belay" + Long.toHexString(System.nanoTime()));
  }

  /** Asks the host something. */
  interface Asking {
    Output say(Sh command) throws UnreachableException, BecomeException, InterruptedException;
  }

  Output from(Asking host) throws UnreachableException, BecomeException, InterruptedException {
    try {
      Files.createDirectories(to.getParent());
      String sha1 = copied(host);
      if (fetch.sha1().filter(wanted -> !wanted.equals(sha1)).isPresent()) {
        return new Output(
            1, "", "checksum mismatch: the file has " + sha1 + ", not " + fetch.sha1().get());
      }
      if (Files.isRegularFile(to)) {
        Files.setPosixFilePermissions(meanwhile, Files.getPosixFilePermissions(to));
      }
      Files.move(meanwhile, to, StandardCopyOption.ATOMIC_MOVE);
      return Output.ok(sha1);
    } catch (IOException e) {
      return new Output(1, "", to + " cannot be written here: " + e);
    } finally {
      to.getParent().resolve(meanwhile).toFile().delete();
    }
  }

  // The checksum that Ansible's results have: both ends compare the same file.
  @SuppressWarnings("deprecation")
  private String copied(Asking host)
      throws IOException, UnreachableException, BecomeException, InterruptedException {
    HashFunction algorithm = Hashing.sha1();
    Hasher hasher = algorithm.newHasher();
    try (FileChannel out =
        FileChannel.open(meanwhile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long at = 0; at < fetch.size() || at == 0; ) {
        byte[] piece = piece(host, at);
        hasher.putBytes(piece);
        ByteBuffer left = ByteBuffer.wrap(piece);
        while (left.hasRemaining()) {
          out.write(left);
        }
        at += piece.length;
        if (piece.length < PIECE) {
          break;
        }
      }
      out.force(true);
    }
    return hasher.hash().toString();
  }

  private byte[] piece(Asking host, long at)
      throws IOException, UnreachableException, BecomeException, InterruptedException {
    Output output =
        host.say(Sh.of("tail -c +{} -- {} | head -c {} | base64", at + 1, fetch.path(), PIECE));
    if (!output.succeeded() || output.cut() > 0) {
      throw new IOException(fetch.path() + " cannot be read on the host: " + output.err().strip());
    }
    return Base64.getMimeDecoder().decode(output.out());
  }
}
