package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import dev.belay.custom.ModulePath;
import dev.belay.module.ModuleSpec;
import dev.belay.module.ReferencePage;
import dev.belay.modules.BuiltinModules;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.problem.Nearest;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code belay doc}: shows the modules, or one of them. */
@Command(
    name = "doc",
    description = "Shows all modules, or the reference of one.",
    mixinStandardHelpOptions = true)
final class DocCommand implements Callable<Integer> {
  private final World world;
  private final Path folder;

  @Parameters(arity = "0..1", paramLabel = "MODULE", description = "A module's name.")
  Optional<String> module = Optional.empty();

  DocCommand(World world) {
    this(world, Path.of("").toAbsolutePath());
  }

  /** Called in a folder, which may have modules of the user's in {@code library}. */
  DocCommand(World world, Path folder) {
    this.world = world;
    this.folder = folder;
  }

  @Override
  public Integer call() {
    ModuleCatalog modules =
        new ModuleCatalog(BuiltinModules.all())
            .searching(ModulePath.of(ImmutableList.of(), world.environment(), folder))
            .beside(folder);
    Problems problems = new Problems();
    modules.problems().forEach(problems::add);
    problems.throwIfAny();
    if (module.isEmpty()) {
      modules
          .modules()
          .forEach(spec -> world.out().printf("%-18s %s%n", spec.name(), spec.summary()));
      return ExitCode.FINE.code();
    }
    ModuleSpec spec =
        modules
            .find(module.get())
            .orElseThrow(
                () ->
                    new ProblemsException(
                        Position.of("belay doc"),
                        "there is no module '" + module.get() + "'",
                        Nearest.hint(
                            module.get(), modules.names(), "'belay doc' lists all modules")));
    world.out().print(ReferencePage.of(spec));
    return ExitCode.FINE.code();
  }
}
