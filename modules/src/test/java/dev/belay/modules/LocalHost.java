package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.inventory.InventoryReader;
import dev.belay.module.ModuleSpec;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.Playbook;
import dev.belay.playbook.PlaybookReader;
import dev.belay.problem.Problems;
import dev.belay.remote.Connections;
import dev.belay.remote.Connector;
import dev.belay.remote.SimulatedHost;
import dev.belay.remote.SshEnvironment;
import dev.belay.run.Outcome;
import dev.belay.run.Run;
import dev.belay.run.RunListener;
import dev.belay.run.RunOptions;
import dev.belay.run.Status;
import dev.belay.run.TaskHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs tasks on this machine, or on a simulated host, through the real engine and a real shell, and
 * collects what came of them.
 */
final class LocalHost {
  private final Path folder;
  private final Connector connector;
  private final List<Outcome> outcomes = new ArrayList<>();

  /** This machine; {@code folder} is where the playbook is, and {@code dir} in it. */
  LocalHost(Path folder) {
    this(
        folder,
        new Connections(
            new SshEnvironment(
                "root",
                folder,
                Optional.empty(),
                ImmutableList.of(folder.resolve("known_hosts")))));
  }

  /** A host that may be changed at will. */
  LocalHost(Path folder, SimulatedHost host) {
    this(folder, host.connector());
  }

  private LocalHost(Path folder, Connector connector) {
    this.folder = folder;
    this.connector = connector;
  }

  Outcome apply(String task) throws IOException, InterruptedException {
    return play(RunOptions.Mode.APPLY, task);
  }

  Outcome check(String task) throws IOException, InterruptedException {
    return play(RunOptions.Mode.CHECK, task);
  }

  Outcome apply(String tasks, String handlers) throws IOException, InterruptedException {
    return play(RunOptions.Mode.APPLY, tasks, handlers);
  }

  Outcome check(String tasks, String handlers) throws IOException, InterruptedException {
    return play(RunOptions.Mode.CHECK, tasks, handlers);
  }

  /**
   * Check, apply, apply again, check again: foretold, changed, nothing, nothing. What the check
   * foretold is what the run changed.
   */
  Outcome converges(String task) throws IOException, InterruptedException {
    Outcome foretold = check(task);
    assertEquals(Status.WOULD_CHANGE, foretold.status(), task + " " + foretold.message());
    Outcome changed = apply(task);
    assertEquals(Status.CHANGED, changed.status(), task + " " + changed.message());
    assertEquals(shown(foretold), shown(changed), "the check foretold something else");
    Outcome again = apply(task);
    assertEquals(Status.OK, again.status(), "a second run: " + again.changes() + again.message());
    assertEquals(Status.OK, check(task).status());
    return changed;
  }

  private static List<String> shown(Outcome outcome) {
    return outcome.changes().stream()
        .map(change -> change.what() + ": " + change.before() + " -> " + change.after())
        .toList();
  }

  private Outcome play(RunOptions.Mode mode, String task) throws IOException, InterruptedException {
    return play(mode, task, "");
  }

  private Outcome play(RunOptions.Mode mode, String task, String handlers)
      throws IOException, InterruptedException {
    outcomes.clear();
    Path file =
        Files.writeString(
            folder.resolve("site.yml"),
            "- hosts: localhost\n  gather_facts: false\n  tasks:\n"
                + task.indent(4)
                + (handlers.isEmpty() ? "" : "  handlers:\n" + handlers.indent(4)));
    Problems problems = new Problems();
    ModuleCatalog modules =
        new ModuleCatalog(ImmutableList.<ModuleSpec>copyOf(BuiltinModules.all()));
    Playbook playbook = new PlaybookReader(modules, problems).read(file);
    problems.throwIfAny();
    RunOptions options =
        RunOptions.defaults(folder).with(mode, ImmutableMap.of("dir", folder.toString()));
    new Run(
            ImmutableList.of(playbook),
            InventoryReader.read(List.of("localhost,")),
            modules,
            options,
            connector,
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
