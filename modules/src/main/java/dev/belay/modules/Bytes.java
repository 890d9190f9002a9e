package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.belay.module.Content;
import dev.belay.module.Probe;
import dev.belay.module.Step;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.List;
import java.util.Optional;

/** The bytes that a file is to have, and how they are compared with those that it has. */
sealed interface Bytes {
  /** In bytes. Smaller files are compared as they are, and shown; larger ones by checksum. */
  int SHOWN = 16 * 1024;

  /**
   * What a host says of bytes.
   *
   * @param there the bytes that are there, where they are few
   * @param sums checksums, in the order in which they were asked for
   */
  record Seen(FileBytes there, ImmutableList<String> sums, PathSeen source) {
    static Seen nothing() {
      return new Seen(FileBytes.none(), ImmutableList.of(), PathSeen.absent());
    }

    String sum(int which) {
      return which < sums.size() ? sums.get(which) : "";
    }
  }

  /** Asks for what comparing needs; {@code located} puts the path into {@code $p}. */
  Probe<Seen> probe(Sh located);

  boolean same(Seen seen);

  Step.Source source();

  /** For a diff. */
  String shown(Seen seen);

  /** What is there, for a diff. */
  default String before(Seen seen, PathSeen path) {
    return path.kind().word() + " of " + path.size() + " bytes, sha1 " + seen.sum(0);
  }

  String sha1(Seen seen);

  String md5(Seen seen);

  /** What {@code mode: preserve} stands for. */
  Optional<String> mode(Seen seen);

  /** Why the bytes cannot be had. */
  Optional<String> trouble(Seen seen);

  private static ImmutableList<String> sums(Output output) {
    return output.lines().stream()
        .map(line -> Splitter.on(' ').splitToList(line).get(0))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Bytes of the control side.
   *
   * @param preserved the mode of the file that they are from
   */
  record OfHere(Content content, Optional<String> preserved) implements Bytes {
    private boolean isSmall() {
      return content.size() <= SHOWN;
    }

    @Override
    public Probe<Seen> probe(Sh located) {
      // A link is replaced whatever it leads to.
      Sh guard = Sh.of("{}; if [ -f \"$p\" ] && [ ! -L \"$p\" ]; then ", located);
      return isSmall()
          ? Probe.of(
              Sh.of("{}head -c {} -- \"$p\" | base64; fi", guard, SHOWN + 1),
              output ->
                  new Seen(FileBytes.ofBase64(output.out()), ImmutableList.of(), PathSeen.absent()))
          : Probe.of(
              Sh.of("{}sha1sum < \"$p\"; fi", guard),
              output -> new Seen(FileBytes.none(), sums(output), PathSeen.absent()));
    }

    @Override
    public boolean same(Seen seen) {
      return isSmall() ? seen.there.equals(bytes()) : seen.sum(0).equals(sha1(seen));
    }

    private FileBytes bytes() {
      return FileBytes.of(content);
    }

    @Override
    public Step.Source source() {
      return new Step.Source.Here(content);
    }

    @Override
    public String shown(Seen seen) {
      return isSmall() && bytes().isText()
          ? bytes().shown()
          : "file of " + content.size() + " bytes, sha1 " + sha1(seen);
    }

    @Override
    public String before(Seen seen, PathSeen path) {
      boolean whole = isSmall() && seen.there.bytes().length() <= SHOWN;
      return whole && seen.there.isText()
          ? seen.there.shown()
          : path.kind().word()
              + " of "
              + path.size()
              + " bytes"
              + (seen.sums.isEmpty() ? "" : ", sha1 " + seen.sum(0));
    }

    // The checksums that Ansible's results have. They guard against nothing: both ends are ours.
    @Override
    @SuppressWarnings("deprecation")
    public String sha1(Seen seen) {
      HashFunction algorithm = Hashing.sha1();
      return content.checksum(algorithm);
    }

    @Override
    @SuppressWarnings("deprecation")
    public String md5(Seen seen) {
      HashFunction algorithm = Hashing.md5();
      return content.checksum(algorithm);
    }

    @Override
    public Optional<String> mode(Seen seen) {
      return preserved;
    }

    @Override
    public Optional<String> trouble(Seen seen) {
      return Optional.empty();
    }
  }

  /** Bytes that are made of what was seen; which they are does not change what is asked. */
  record Made(FileBytes bytes) implements Bytes {
    @Override
    public Probe<Seen> probe(Sh located) {
      Sh there =
          Sh.of(
              "{}; if [ -f \"$p\" ] && [ ! -L \"$p\" ] && [ \"$(wc -c < \"$p\")\" -le {} ]; then base64 < \"$p\"; fi",
              located,
              SHOWN);
      Sh sum = Sh.of("{}; if [ -f \"$p\" ] && [ ! -L \"$p\" ]; then sha1sum < \"$p\"; fi", located);
      return Probe.of(there, output -> FileBytes.ofBase64(output.out()))
          .and(
              Probe.of(sum, Bytes::sums),
              (small, sums) -> new Seen(small, sums, PathSeen.absent()));
    }

    private OfHere here() {
      return new OfHere(bytes.content(), Optional.empty());
    }

    @Override
    public boolean same(Seen seen) {
      return seen.sum(0).equals(sha1(seen));
    }

    @Override
    public Step.Source source() {
      return here().source();
    }

    @Override
    public String shown(Seen seen) {
      return here().shown(seen);
    }

    @Override
    public String before(Seen seen, PathSeen path) {
      boolean whole = path.size() <= SHOWN && seen.there.isText();
      return whole ? seen.there.shown() : Bytes.super.before(seen, path);
    }

    @Override
    public String sha1(Seen seen) {
      return here().sha1(seen);
    }

    @Override
    public String md5(Seen seen) {
      return here().md5(seen);
    }

    @Override
    public Optional<String> mode(Seen seen) {
      return Optional.empty();
    }

    @Override
    public Optional<String> trouble(Seen seen) {
      return Optional.empty();
    }
  }

  /** Bytes of another file on the host. */
  record OfHost(String path) implements Bytes {
    @Override
    public Probe<Seen> probe(Sh located) {
      Sh sums =
          Sh.of(
              "{}; s={}; if [ -f \"$s\" ]; then sha1sum < \"$s\" && md5sum < \"$s\" && if [ -f \"$p\" ] && [ ! -L \"$p\" ]; then sha1sum < \"$p\"; fi; fi",
              located,
              path);
      return PathSeen.behind(path)
          .and(
              Probe.of(sums, Bytes::sums),
              (source, all) -> new Seen(FileBytes.none(), all, source));
    }

    @Override
    public boolean same(Seen seen) {
      return seen.sums.size() > 2 && seen.sum(0).equals(seen.sum(2));
    }

    @Override
    public Step.Source source() {
      return new Step.Source.There(path);
    }

    @Override
    public String shown(Seen seen) {
      return "file of " + seen.source.size() + " bytes, sha1 " + seen.sum(0);
    }

    @Override
    public String before(Seen seen, PathSeen at) {
      return at.kind().word() + " of " + at.size() + " bytes, sha1 " + seen.sum(2);
    }

    @Override
    public String sha1(Seen seen) {
      return seen.sum(0);
    }

    @Override
    public String md5(Seen seen) {
      return seen.sum(1);
    }

    @Override
    public Optional<String> mode(Seen seen) {
      return Optional.of(seen.source.mode());
    }

    @Override
    public Optional<String> trouble(Seen seen) {
      List<String> said =
          seen.source.isAbsent()
              ? List.of("Source " + path + " not found")
              : seen.source.is(PathSeen.Kind.FILE)
                  ? seen.sums.size() < 2 ? List.of("Source " + path + " not readable") : List.of()
                  : List.of("Cannot copy invalid source '" + path + "': not a file");
      return said.stream().findFirst();
    }
  }
}
