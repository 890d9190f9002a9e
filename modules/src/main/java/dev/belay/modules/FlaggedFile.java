package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.Done;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.Optional;
import java.util.function.Function;

/**
 * A resource that is a file, which besides is to have flags of its file system, as {@code chattr}
 * sets them. They are set last: a file that nobody may change could not be made otherwise.
 *
 * @param located shell that puts the path into {@code $p}; where a link is there, what it leads to
 *     is meant
 * @param name what a difference is called
 */
record FlaggedFile<S>(Resource<S> file, Sh located, String name, FileFlags flags)
    implements Resource<FlaggedFile.Seen<S>> {

  /**
   * What is there.
   *
   * @param flags the letters of {@code lsattr}, where there is a file and its file system has them
   */
  record Seen<S>(S file, Optional<String> flags, String trouble) {}

  private static final Sh REAL = Sh.of("if [ -L \"$p\" ]; then p=$(readlink -f -- \"$p\"); fi");

  /** What makes the resource, and flags besides where the task has 'attributes'. */
  static Function<Args, Resource<?>> over(String path, Function<Args, Resource<?>> make) {
    return args ->
        args.has(FileParameters.FLAGS)
            ? of(make.apply(args), args.text(path), args.text(FileParameters.FLAGS))
            : make.apply(args);
  }

  private static Resource<?> of(Resource<?> file, String path, String flags) {
    if (file instanceof CopyTree || file instanceof CopyOnHost) {
      throw new IllegalArgumentException(
          "'attributes' are those of one file that comes from here; set others by a task of 'file'");
    }
    Sh located =
        file instanceof PlacedFile placed
            ? placed.placing().located()
            : Sh.of("p={}", Paths.onHost(path));
    return new FlaggedFile<>(file, Sh.of("{}; {}", located, REAL), path, FileFlags.of(flags));
  }

  @Override
  public Probe<Seen<S>> probe() {
    Sh ask = Sh.of("{}; if [ -e \"$p\" ]; then lsattr -d -- \"$p\"; else exit 3; fi", located);
    return file.probe()
        .and(
            Probe.of(ask, output -> output),
            (seen, said) -> new Seen<>(seen, letters(said), why(said)));
  }

  private static Optional<String> letters(Output said) {
    return said.succeeded() && !said.out().isBlank()
        ? Optional.of(said.out().strip().split("\\s", 2)[0].replace("-", ""))
        : Optional.empty();
  }

  private static String why(Output said) {
    return said.status() == 3 ? "" : said.err().strip();
  }

  @Override
  public Plan plan(Seen<S> seen) {
    Plan plan = file.plan(seen.file);
    if (!seen.trouble.isEmpty()) {
      return Plan.impossible(name + " has no flags to set: " + seen.trouble);
    }
    String before = seen.flags.orElse("");
    if (plan instanceof Plan.Satisfied
        && (seen.flags.isEmpty() || flags.operands(before).isEmpty())) {
      return plan;
    }
    Sh set =
        Sh.of(
            "{}; if [ -e \"$p\" ]; then chattr {} -- \"$p\"; fi", located, flags.operands(before));
    return with(plan, Change.run(name + " (flags)", before, flags.over(before), set));
  }

  private static Plan with(Plan plan, Change set) {
    if (plan instanceof Plan.Satisfied) {
      return Plan.of(set).with(plan.remarks());
    } else if (plan instanceof Plan.Mend mend) {
      ImmutableList<Change> all =
          ImmutableList.<Change>builder().addAll(mend.changes()).add(set).build();
      return new Plan.Mend(all, mend.told(), mend.remarks());
    } else if (plan instanceof Plan.Act act) {
      Change change = act.change();
      ImmutableList<Step> steps =
          ImmutableList.<Step>builder().addAll(change.steps()).addAll(set.steps()).build();
      Change both = new Change(change.what(), change.before(), change.after(), steps);
      return new Plan.Act(both, act.reader(), act.effect(), act.remarks());
    }
    return plan;
  }

  @Override
  public Done done(Output output) {
    return file.done(output);
  }

  @Override
  public ImmutableMap<String, Object> result(Seen<S> seen) {
    return file.result(seen.file);
  }

  @Override
  public ImmutableMap<String, Object> resultOfChange(Seen<S> before, Seen<S> seen) {
    return file.resultOfChange(before.file, seen.file);
  }
}
