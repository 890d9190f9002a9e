package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Content;
import dev.belay.module.ControlFile.Entry;
import dev.belay.module.ControlFile.Found;
import dev.belay.module.ControlFile.Links;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists a folder of the control side. */
final class ControlFolder {
  /** So many files are a mistake: they would be looked at one by one on every host. */
  private static final int ENTRIES_LIMIT = 20_000;

  private static final int MODE_MASK = 07777;

  private final Links links;
  private final SealedFiles reading;
  private final ImmutableList.Builder<Entry> entries = ImmutableList.builder();
  private int count;

  private ControlFolder(Links links, SealedFiles reading) {
    this.links = links;
    this.reading = reading;
  }

  /** All that is inside, folders before what is in them. */
  static ImmutableList<Entry> entries(Path folder, Links links, SealedFiles reading)
      throws IOException {
    ControlFolder listing = new ControlFolder(links, reading);
    listing.walk(folder, "", ImmutableSet.of(folder.toRealPath()));
    return listing.entries.build();
  }

  static Found.File file(Path path, SealedFiles reading) throws IOException {
    int mode = (Integer) Files.getAttribute(path, "unix:mode") & MODE_MASK;
    return new Found.File(
        path.toString(),
        new Content(path.toString(), reading.bytes(path)),
        String.format("%04o", mode));
  }

  private void walk(Path folder, String prefix, ImmutableSet<Path> above) throws IOException {
    List<Path> members;
    try (Stream<Path> listed = Files.list(folder)) {
      members = listed.sorted().toList();
    }
    for (Path member : members) {
      if (++count > ENTRIES_LIMIT) {
        throw new IllegalArgumentException(
            "there are more than " + ENTRIES_LIMIT + " files in this folder; unpack an archive");
      }
      add(member, prefix + member.getFileName(), above);
    }
  }

  private void add(Path member, String path, ImmutableSet<Path> above) throws IOException {
    boolean link = Files.isSymbolicLink(member);
    if (link && isKept(member, above)) {
      entries.add(
          new Entry(
              path, Optional.empty(), Optional.of(Files.readSymbolicLink(member).toString())));
    } else if (Files.isDirectory(member)) {
      entries.add(new Entry(path, Optional.empty(), Optional.empty()));
      ImmutableSet<Path> deeper =
          ImmutableSet.<Path>builder().addAll(above).add(member.toRealPath()).build();
      walk(member, path + "/", deeper);
    } else {
      entries.add(new Entry(path, Optional.of(file(member, reading)), Optional.empty()));
    }
  }

  /** A link that leads nowhere, or to a folder that it is in, can only be taken as it is. */
  private boolean isKept(Path link, ImmutableSet<Path> above) throws IOException {
    return links == Links.KEPT || !Files.exists(link) || above.contains(link.toRealPath());
  }
}
