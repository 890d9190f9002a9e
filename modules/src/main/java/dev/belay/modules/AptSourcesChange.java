package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Content;
import dev.belay.module.Step;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way from the sources that a host has to those that it is to have: all files, and apt content
 * with them, or all as before. The first step keeps copies and sets a trap; the last takes the trap
 * away; what fails between them springs it. One file alone, without apt, needs none of that.
 *
 * @param apt renews the index, where it is to be renewed
 */
record AptSourcesChange(AptSourcesSeen seen, Optional<String> mode, Optional<AptCommand> apt) {
  private static final String KEEP =
      """
      belay_kept=$(mktemp -d) && belay_number=0 || exit 1
      for belay_file in {}; do
        belay_number=$((belay_number + 1))
        [ ! -e "$belay_file" ] || cp -p -- "$belay_file" "$belay_kept/$belay_number" || exit 1
      done
      belay_back() {
        belay_number=0
        [ -d "$belay_kept" ] || return 0
        for belay_file in {}; do
          belay_number=$((belay_number + 1))
          if [ -e "$belay_kept/$belay_number" ]; then cp -p -- "$belay_kept/$belay_number" "$belay_file.belay-back" && mv -fT -- "$belay_file.belay-back" "$belay_file"; else rm -f -- "$belay_file"; fi
        done
        rm -rf -- "$belay_kept"
      }
      trap belay_back EXIT; trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM""";

  private static final Sh DONE = Sh.of("rm -rf -- \"$belay_kept\"");

  /** One change for each file. */
  List<Change> to(Map<String, String> texts) {
    List<Change> changes = new ArrayList<>();
    texts.forEach((path, text) -> change(path, text).ifPresent(changes::add));
    if (changes.size() > 1 || apt.isPresent() && !changes.isEmpty()) {
      List<String> paths = changes.stream().map(Change::what).toList();
      Change first = changes.get(0);
      changes.set(0, with(first, new Step.Run(keep(paths)), true));
      changes.set(changes.size() - 1, with(changes.get(changes.size() - 1), finish(), false));
    }
    return changes;
  }

  private Optional<Change> change(String path, String text) {
    Optional<String> before = Optional.ofNullable(seen.files().get(path)).map(AptSourcesFile::text);
    if (before.equals(Optional.of(text))) {
      return Optional.empty();
    } else if (text.isBlank()) {
      return before.map(old -> Change.run(path, old, Change.ABSENT, Sh.of("rm -f -- {}", path)));
    }
    Attributes attributes =
        before.isPresent() ? Attributes.unchanged() : Attributes.mode(mode.orElse("0644"));
    return Optional.of(
        new Change(
            path,
            before.orElse(Change.ABSENT),
            text,
            ImmutableList.of(new Step.Put(Content.of(text), path, attributes))));
  }

  private Sh keep(List<String> paths) {
    Sh keep = Sh.of(KEEP, paths, paths);
    return apt.isPresent() ? Sh.of("{}\n{}", apt.get().prelude(), keep) : keep;
  }

  private Step finish() {
    return new Step.Run(apt.map(command -> Sh.of("{} && {}", command.update(), DONE)).orElse(DONE));
  }

  private static Change with(Change change, Step step, boolean first) {
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    if (first) {
      steps.add(step);
    }
    steps.addAll(change.steps());
    if (!first) {
      steps.add(step);
    }
    return new Change(change.what(), change.before(), change.after(), steps.build());
  }
}
