package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;

/**
 * Another name for a file: the path itself, or inside of the folder that is there.
 *
 * @param inside the same with the name that it has in a folder
 */
record HardLink(FileModule own, FileModule inside) implements Resource<HardLink.Seen> {

  /** What is at the path, and inside of it. */
  record Seen(FileSeen own, FileSeen inside) {
    boolean isFolder() {
      return own.leadsToFolder();
    }
  }

  @Override
  public Probe<Seen> probe() {
    return own.probe().and(inside.probe(), Seen::new);
  }

  @Override
  public Plan plan(Seen seen) {
    return seen.isFolder() ? inside.plan(seen.inside) : own.plan(seen.own);
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return seen.isFolder() ? inside.result(seen.inside) : own.result(seen.own);
  }

  @Override
  public ImmutableMap<String, Object> resultOfChange(Seen before, Seen seen) {
    return before.isFolder()
        ? inside.resultOfChange(before.inside, seen.inside)
        : own.resultOfChange(before.own, seen.own);
  }
}
