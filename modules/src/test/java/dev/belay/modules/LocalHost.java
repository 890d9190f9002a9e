package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.inventory.InventoryReader;
import dev.belay.module.ModuleSpec;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.Playbook;
import dev.belay.playbook.PlaybookReader;
import dev.belay.problem.Problems;
import dev.belay.remote.Connections;
import dev.belay.remote.SshEnvironment;
import dev.belay.run.Outcome;
import dev.belay.run.Run;
import dev.belay.run.RunListener;
import dev.belay.run.RunOptions;
import dev.belay.run.TaskHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs tasks on this machine through the real engine and a real shell, and collects what came of
 * them.
 */
final class LocalHost {
  private final Path folder;
  private final List<Outcome> outcomes = new ArrayList<>();

  LocalHost(Path folder) {
    this.folder = folder;
  }

  Outcome apply(String task) throws IOException, InterruptedException {
    return play(RunOptions.Mode.APPLY, task);
  }

  Outcome check(String task) throws IOException, InterruptedException {
    return play(RunOptions.Mode.CHECK, task);
  }

  private Outcome play(RunOptions.Mode mode, String task) throws IOException, InterruptedException {
    outcomes.clear();
    Path file =
        Files.writeString(
            folder.resolve("site.yml"),
            "- hosts: localhost\n  gather_facts: false\n  tasks:\n" + task.indent(4));
    Problems problems = new Problems();
    ModuleCatalog modules =
        new ModuleCatalog(ImmutableList.<ModuleSpec>copyOf(BuiltinModules.all()));
    Playbook playbook = new PlaybookReader(modules, problems).read(file);
    problems.throwIfAny();
    RunOptions options =
        RunOptions.defaults(folder).with(mode, ImmutableMap.of("dir", folder.toString()));
    Connections connections =
        new Connections(
            new SshEnvironment(
                "root", folder, Optional.empty(), ImmutableList.of(folder.resolve("known_hosts"))));
    new Run(
            ImmutableList.of(playbook),
            InventoryReader.read(List.of("localhost,")),
            modules,
            options,
            connections,
            listener())
        .run();
    return outcomes.get(outcomes.size() - 1);
  }

  private RunListener listener() {
    return new RunListener() {
      @Override
      public void taskDone(String host, TaskHeader task, Outcome outcome) {
        outcomes.add(outcome);
      }
    };
  }
}
