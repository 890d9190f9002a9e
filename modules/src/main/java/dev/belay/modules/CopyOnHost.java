package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;

/**
 * A copy from one place on the host to another. Only the host knows whether of a file or folder.
 */
record CopyOnHost(PlacedFile file, FolderCopy folder) implements Resource<CopyOnHost.Seen> {

  record Seen(PlacedFile.Seen file, FolderCopy.Seen folder) {
    boolean isFolder() {
      return file.bytes().source().is(PathSeen.Kind.DIRECTORY);
    }
  }

  static CopyOnHost of(Args args, String source) {
    String path = Paths.onHost(source);
    Placing placing = Placing.of(args, Paths.name(path), args.textIfGiven("directory_mode"));
    return new CopyOnHost(
        new PlacedFile(new Bytes.OfHost(path), placing, path, args.textIfGiven("checksum")),
        new FolderCopy(
            path, source.endsWith("/"), placing, args.flagIfGiven("local_follow").orElse(false)));
  }

  @Override
  public Probe<Seen> probe() {
    return file.probe().and(folder.probe(), Seen::new);
  }

  @Override
  public Plan plan(Seen seen) {
    return seen.isFolder() ? folder.plan(seen.folder) : file.plan(seen.file);
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return seen.isFolder() ? folder.result(seen.folder) : file.result(seen.file);
  }
}
