package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import dev.belay.custom.ModulePath;
import dev.belay.inventory.Inventory;
import dev.belay.inventory.InventoryReader;
import dev.belay.modules.BuiltinModules;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.Playbook;
import dev.belay.playbook.PlaybookReader;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.remote.Connections;
import dev.belay.run.ControlSide;
import dev.belay.run.Run;
import dev.belay.run.RunListener;
import dev.belay.run.RunOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a command line asks for: playbooks and an inventory, read and free of mistakes. */
record Job(
    World world,
    ImmutableList<Playbook> playbooks,
    Inventory inventory,
    ModuleCatalog modules,
    RunOptions options,
    List<String> sources) {

  /** Where playbooks come from. */
  interface Source {
    ImmutableList<Playbook> read(PlaybookReader reader, Problems problems);
  }

  static Source files(List<Path> playbooks) {
    return (reader, problems) ->
        playbooks.stream().map(reader::read).collect(ImmutableList.toImmutableList());
  }

  /**
   * Reads all of it.
   *
   * @throws ProblemsException with all that is wrong
   */
  static Job read(World world, RunFlags flags, RunOptions.Mode mode, Source source) {
    return read(world, flags, mode, ControlSide.Purpose.RUN, source);
  }

  /** The same, for another purpose than running it. */
  static Job read(
      World world,
      RunFlags flags,
      RunOptions.Mode mode,
      ControlSide.Purpose purpose,
      Source source) {
    Config config = Config.read(world);
    RunOptions options = new OptionsMaker(world, config, flags).options(mode, purpose);
    Problems problems =
        Problems.warning(
            problem -> world.err().println("[WARNING]: " + Visible.line(problem.toString())));
    ModuleCatalog modules =
        new ModuleCatalog(BuiltinModules.all())
            .searching(
                ModulePath.of(
                        options.control().modulePath(), options.environment(), options.folder())
                    .configured(config.paths(ConfigKey.LIBRARY)));
    ImmutableList<Playbook> playbooks =
        source.read(new PlaybookReader(options.sources(modules), problems), problems);
    List<String> sources = flags.sources(config);
    Optional<Inventory> inventory = inventory(sources, options, problems);
    problems.throwIfAny();
    return new Job(world, playbooks, inventory.orElseThrow(), modules, options, sources);
  }

  private static Optional<Inventory> inventory(
      List<String> sources, RunOptions options, Problems problems) {
    try {
      return Optional.of(inventory(sources, options));
    } catch (ProblemsException e) {
      problems.addAll(e);
      return Optional.empty();
    }
  }

  private static Inventory inventory(List<String> sources, RunOptions options) {
    return InventoryReader.read(sources, options.extraVariables(), options.control().vault());
  }

  /** The run that it asks for; nothing is contacted yet. */
  Run run(RunListener listener) {
    return new Run(
        playbooks,
        inventory,
        () -> inventory(sources, options),
        modules,
        options,
        new Connections(world.ssh(), options.control().root()),
        new MaskedListener(world.secrets(), listener));
  }
}
