package dev.belay.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of hosts, from {@code known_hosts} files: plain names in an index, hashed ones and
 * patterns looked through. A new key is appended as one line; the file is never written anew. Safe
 * for many threads.
 */
final class KnownHosts {
  private static final int SSH_PORT = 22;

  private final ImmutableList<Path> files;
  private final ListMultimap<String, Line> plain = ArrayListMultimap.create();
  private final List<Line> others = new ArrayList<>();
  private final Set<String> added = ConcurrentHashMap.newKeySet();

  /** One key of one or more hosts. */
  private record Line(String marker, String names, String key) {}

  /** What is known of a host's key. */
  enum Verdict {
    KNOWN,
    UNKNOWN,
    CHANGED,
    REVOKED
  }

  KnownHosts(ImmutableList<Path> files) {
    this.files = files;
    files.stream().filter(Files::isReadable).forEach(this::read);
  }

  private void read(Path file) {
    try {
      Files.readAllLines(file, UTF_8).forEach(this::line);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private void line(String written) {
    List<String> words = Splitter.onPattern("\\s+").omitEmptyStrings().splitToList(written);
    if (words.isEmpty() || words.get(0).startsWith("#")) {
      return;
    }
    boolean marked = words.get(0).startsWith("@");
    int at = marked ? 1 : 0;
    if (words.size() < at + 3) {
      return;
    }
    Line line = new Line(marked ? words.get(0) : "", words.get(at), words.get(at + 2));
    boolean pattern = line.names.startsWith("|") || line.names.matches(".*[*?!].*");
    if (pattern) {
      others.add(line);
    } else {
      Splitter.on(',').split(line.names).forEach(name -> plain.put(name, line));
    }
  }

  /** The name under which a host's key is kept. */
  static String name(String address, int port) {
    return port == SSH_PORT ? address : "[" + address + "]:" + port;
  }

  /** What is known of the key that a host showed. {@code key} is in base 64. */
  synchronized Verdict check(String name, String key) {
    List<Line> lines = lines(name);
    boolean revoked =
        lines.stream().anyMatch(l -> l.marker.equals("@revoked") && l.key.equals(key));
    List<Line> keys = lines.stream().filter(line -> line.marker.isEmpty()).toList();
    if (revoked) {
      return Verdict.REVOKED;
    } else if (keys.stream().anyMatch(line -> line.key.equals(key))) {
      return Verdict.KNOWN;
    }
    boolean sameType = keys.stream().anyMatch(line -> type(line.key).equals(type(key)));
    return sameType ? Verdict.CHANGED : keys.isEmpty() ? Verdict.UNKNOWN : Verdict.CHANGED;
  }

  /** The kinds of keys that are known of a host: it is asked for one of them. */
  synchronized ImmutableList<String> types(String name) {
    return lines(name).stream()
        .filter(line -> line.marker.isEmpty())
        .map(line -> type(line.key))
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  private List<Line> lines(String name) {
    List<Line> lines = new ArrayList<>(plain.get(name));
    others.stream().filter(line -> fits(line.names, name)).forEach(lines::add);
    return lines;
  }

  private static boolean fits(String names, String name) {
    if (names.startsWith("|1|")) {
      List<String> parts = Splitter.on('|').splitToList(names);
      return hash(parts.get(2), name).equals(parts.get(3));
    }
    boolean fits = false;
    for (String pattern : Splitter.on(',').split(names)) {
      boolean negated = pattern.startsWith("!");
      String glob = java.util.regex.Pattern.quote(negated ? pattern.substring(1) : pattern);
      if (name.matches(glob.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"))) {
        if (negated) {
          return false;
        }
        fits = true;
      }
    }
    return fits;
  }

  private static String hash(String salt, String name) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(salt), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(name.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HmacSHA1", e);
    }
  }

  /** The kind of a key, which it begins with. */
  static String type(String key) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(key));
    byte[] type = new byte[bytes.getInt()];
    bytes.get(type);
    return new String(type, UTF_8);
  }

  /** As {@code ssh-keygen -l} writes it. */
  static String fingerprint(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(key));
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** The fingerprints that are known of a host. */
  synchronized String fingerprints(String name) {
    return lines(name).stream()
        .map(line -> fingerprint(line.key))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** Keeps a new key, here and in the file. */
  synchronized void add(String name, String key) {
    String line = name + " " + type(key) + " " + key;
    if (added.add(line)) {
      line(line);
      append(files.get(0), line + "\n");
    }
  }

  /** What keeps nothing, as /dev/null, is not written to. */
  private static void append(Path file, String line) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return;
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (FileChannel channel =
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.APPEND);
          FileLock lock = channel.lock()) {
        channel.write(ByteBuffer.wrap(line.getBytes(UTF_8)));
        channel.force(lock.isShared());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the key of a host could not be kept", e);
    }
  }
}
