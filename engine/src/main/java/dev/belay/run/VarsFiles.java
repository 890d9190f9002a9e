package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.template.EvaluationException;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import dev.belay.template.UndefinedException;
import dev.belay.vault.Vault;
import dev.belay.yaml.VarsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The {@code vars_files} of a play. One whose name hangs on variables is another one on another
 * host, so it is found when a host looks for a variable; each file is read once.
 */
final class VarsFiles {
  private final Path folder;
  private final Vault vault;
  private final Position play;
  private final Map<Path, ImmutableMap<String, Object>> read = new ConcurrentHashMap<>();

  /** For a play of a playbook in {@code folder}. */
  VarsFiles(Path folder, Vault vault, Position play) {
    this.folder = folder;
    this.vault = vault;
    this.play = play;
  }

  /**
   * One of them.
   *
   * @param raw a name, or a list of names of which the first file counts that is there
   */
  record Entry(VarsFiles files, Object raw) {

    boolean hangsOnVariables() {
      return raw instanceof Template
          || raw instanceof List<?> list && list.stream().anyMatch(Template.class::isInstance);
    }

    /**
     * The variables in it, for a host that sees {@code scope}.
     *
     * @throws UndefinedException where its name hangs on something that is not there
     * @throws EvaluationException where there is no such file
     */
    ImmutableMap<String, Object> variables(HostScope scope) {
      ImmutableList<?> names =
          raw instanceof List<?> list ? ImmutableList.copyOf(list) : ImmutableList.of(raw);
      for (Object name : names) {
        Object resolved = Template.resolve(name, scope);
        ImmutableList<?> inner =
            resolved instanceof List<?> list
                ? ImmutableList.copyOf(list)
                : ImmutableList.of(resolved);
        for (Object each : inner) {
          Optional<Path> file = files.find(PythonText.str(each));
          if (file.isPresent()) {
            return files.read(file.get());
          }
        }
      }
      throw new EvaluationException(files.play, "there is no file of variables " + raw);
    }
  }

  private Optional<Path> find(String name) {
    return ImmutableList.of(folder.resolve("vars").resolve(name), folder.resolve(name)).stream()
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private ImmutableMap<String, Object> read(Path file) {
    return read.computeIfAbsent(file, this::fresh);
  }

  private ImmutableMap<String, Object> fresh(Path file) {
    Problems problems = new Problems();
    ImmutableMap<String, Object> variables = VarsFile.read(file, vault, problems);
    problems.throwIfAny();
    return variables;
  }

  /** What a host has by all of them; a name that nothing is known of yet is passed over. */
  static ImmutableMap<String, Object> late(HostScope scope) {
    HostScope before = scope.withoutVarsFiles();
    ImmutableMap.Builder<String, Object> all = ImmutableMap.builder();
    for (Entry entry : scope.variables().layers().files()) {
      try {
        all.putAll(entry.variables(before));
      } catch (UndefinedException e) {
        if (scope.variables().memory().hasFacts()) {
          throw e;
        }
      }
    }
    return all.buildKeepingLast();
  }
}
