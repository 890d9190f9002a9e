package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Content;
import dev.belay.module.FileText;
import dev.belay.module.Plan;
import dev.belay.module.Step;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The changes that a mount needs. */
record MountEdit(Mount mount, Mount.Seen seen) {
  /** Where the file's old text is until the mount succeeded. */
  private static final String KEPT = ".belay-before";

  List<Change> changes() {
    return switch (mount.state()) {
      case PRESENT -> line(Optional.of(wanted()), false);
      case MOUNTED -> mounted();
      case UNMOUNTED -> seen.mounted() ? List.of(unmount()) : List.of();
      case ABSENT_FROM_FSTAB -> line(Optional.empty(), false);
      case ABSENT -> absent();
      case REMOUNTED -> List.of();
    };
  }

  private Fstab before() {
    return Fstab.of(seen.text().ifPresent().orElse(""));
  }

  private Fstab.Entry wanted() {
    return mount.entry();
  }

  private Fstab after(Optional<Fstab.Entry> entry) {
    if (entry.isEmpty()) {
      return before().mapped(mount::isOurs, line -> Optional.empty());
    }
    boolean there = before().entries().stream().anyMatch(mount::isOurs);
    return there
        ? before()
            .mapped(
                mount::isOurs,
                line ->
                    Optional.of(
                        Fstab.entry(line).filter(entry.get()::equals).isPresent()
                            ? line
                            : entry.get().line()))
        : before().with(entry.get());
  }

  private String shown() {
    return before().entries().stream()
        .filter(mount::isOurs)
        .map(Fstab.Entry::line)
        .findFirst()
        .orElse(Change.ABSENT);
  }

  private List<Change> line(Optional<Fstab.Entry> entry, boolean tried) {
    String text = after(entry).text();
    if (text.equals(before().text())) {
      return List.of();
    }
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    if (mount.how().contains(Mount.How.BACKUP) && seen.text().ifPresent().isPresent()) {
      steps.add(
          new Step.Run(
              Sh.of("f={}; cp -p -- \"$f\" \"$f.$$.$(date +%Y-%m-%d@%H:%M:%S~)\"", mount.fstab())));
    }
    if (tried) {
      steps.add(
          new Step.Run(
              Sh.of(
                  "f={}; if [ -e \"$f\" ]; then cp -p -- \"$f\" \"$f{}\"; else rm -f -- \"$f{}\"; fi",
                  mount.fstab(),
                  Sh.of(KEPT),
                  Sh.of(KEPT))));
    }
    steps.add(new Step.Put(Content.of(text), mount.fstab(), Attributes.unchanged()));
    return List.of(
        new Change(
            wanted().path() + " in " + mount.fstab(),
            shown(),
            entry.map(Fstab.Entry::line).orElse(Change.ABSENT),
            steps.build()));
  }

  private List<Change> mounted() {
    List<Change> lines = line(Optional.of(wanted()), true);
    if (seen.mounted() && lines.isEmpty()) {
      return List.of();
    }
    List<Change> changes = new ArrayList<>();
    if (!seen.folder()) {
      changes.add(
          Change.run(
              wanted().path(),
              Change.ABSENT,
              "directory",
              Sh.of("mkdir -p -- {}", wanted().path())));
    }
    changes.addAll(lines);
    Sh deed =
        seen.mounted() ? remount(mount) : Sh.of("mount{} -- {}", table(mount), wanted().path());
    changes.add(
        Change.run(
            wanted().path() + " (mount)",
            seen.mounted() ? "mounted" : "not mounted",
            seen.mounted() ? "remounted" : "mounted",
            lines.isEmpty()
                ? orUndone(deed, Sh.of(":"), Sh.of(":"))
                : orUndone(deed, restore(), forget())));
    return changes;
  }

  /** A mount that fails leaves file and folder as they were. */
  private Sh orUndone(Sh deed, Sh restore, Sh forget) {
    Sh folder = seen.folder() ? Sh.of(":") : Sh.of("rmdir -- {} 2>/dev/null", wanted().path());
    return Sh.of("if {}; then {}; else s=$?; {}; {}; exit $s; fi", deed, forget, restore, folder);
  }

  private Sh restore() {
    return Sh.of(
        "f={}; if [ -e \"$f{}\" ]; then mv -fT -- \"$f{}\" \"$f\"; else rm -f -- \"$f\"; fi",
        mount.fstab(),
        Sh.of(KEPT),
        Sh.of(KEPT));
  }

  private Sh forget() {
    return Sh.of("rm -f -- {}", mount.fstab() + KEPT);
  }

  private Change unmount() {
    return Change.run(
        wanted().path() + " (mount)",
        "mounted",
        "not mounted",
        Sh.of("umount -- {}", wanted().path()));
  }

  private List<Change> absent() {
    List<Change> changes = new ArrayList<>(line(Optional.empty(), false));
    if (changes.isEmpty()) {
      return changes;
    }
    if (seen.mounted()) {
      changes.add(0, unmount());
    }
    if (seen.folder()) {
      changes.add(
          Change.run(
              wanted().path(), "directory", Change.ABSENT, Sh.of("rmdir -- {}", wanted().path())));
    }
    return changes;
  }

  private static Sh table(Mount mount) {
    return mount.fstab().equals("/etc/fstab") ? Sh.of("") : Sh.of(" -T {}", mount.fstab());
  }

  /** Options that cannot change while it is mounted need it unmounted once. */
  private static Sh remount(Mount mount) {
    String path = mount.entry().path();
    return Sh.of(
        "{ mount{} -o remount -- {} 2>/dev/null || { umount -- {} && mount{} -- {}; }; }",
        table(mount),
        path,
        path,
        table(mount),
        path);
  }

  static Plan remounted(Mount mount) {
    Change change =
        Change.run(mount.entry().path() + " (mount)", "mounted", "remounted", remount(mount));
    return Plan.act(
        change,
        output ->
            new Acted(
                ImmutableMap.copyOf(
                    mount.result(new Mount.Seen(new FileText.Absent(), true, true))),
                output.succeeded()
                    ? Optional.empty()
                    : Optional.of(
                        "Error remounting " + mount.entry().path() + ": " + output.err().strip())));
  }
}
