package dev.belay.run;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.playbook.IncludeVars;
import dev.belay.playbook.Task;
import dev.belay.problem.Problems;
import dev.belay.template.PythonRegex;
import dev.belay.template.PythonText;
import dev.belay.vault.Vault;
import dev.belay.yaml.VarsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what {@code include_vars} names, for one task on one host. */
final class VarsInclusion {
  private final Task task;
  private final Path playbook;
  private final Vault vault;
  private final HostScope scope;
  private final List<String> files = new ArrayList<>();
  private final Map<String, Object> found = new LinkedHashMap<>();

  VarsInclusion(Task task, Vault vault, HostScope scope) {
    this.task = task;
    this.vault = vault;
    this.scope = scope;
    playbook = Path.of(PythonText.str(scope.find("playbook_dir").orElse("")));
  }

  /**
   * What was read. Nothing is asked of the host, and nothing done on it.
   *
   * @param why it could not be read; empty where it could
   */
  private record Read(ImmutableMap<String, Object> found, Optional<String> why)
      implements Resource<Boolean> {
    @Override
    public Probe<Boolean> probe() {
      return Probe.nothing(true);
    }

    @Override
    public Plan plan(Boolean seen) {
      return why.map(Plan::impossible).orElseGet(Plan::satisfied);
    }

    @Override
    public ImmutableMap<String, Object> result(Boolean seen) {
      return found;
    }
  }

  /** Something that the user has to mend. */
  private static final class CannotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotException(String why) {
      super(why, null, false, false);
    }
  }

  Resource<Boolean> read(IncludeVars what) {
    try {
      if (what.source() instanceof IncludeVars.OneFile file) {
        load(file(file.path()));
      } else {
        IncludeVars.Folder folder = (IncludeVars.Folder) what.source();
        folders(folder).forEach(each -> load(each, folder));
      }
      return read(merged(what), Optional.empty());
    } catch (CannotException e) {
      return read(ImmutableMap.of(), Optional.of(e.getMessage()));
    }
  }

  private Read read(ImmutableMap<String, Object> variables, Optional<String> why) {
    ImmutableMap.Builder<String, Object> result = ImmutableMap.builder();
    result.put("ansible_facts", variables);
    result.put("ansible_included_var_files", ImmutableList.copyOf(files));
    why.ifPresent(text -> result.put("message", text));
    return new Read(result.buildOrThrow(), why);
  }

  private ImmutableMap<String, Object> merged(IncludeVars what) {
    ImmutableMap<String, Object> all =
        what.name()
            .map(name -> ImmutableMap.<String, Object>of(name, ImmutableMap.copyOf(found)))
            .orElseGet(() -> ImmutableMap.copyOf(found));
    if (what.merge() == IncludeVars.Merge.REPLACED) {
      return all;
    }
    ImmutableMap.Builder<String, Object> merged = ImmutableMap.builder();
    all.forEach(
        (name, value) ->
            merged.put(name, scope.find(name).map(old -> merged(old, value)).orElse(value)));
    return merged.buildOrThrow();
  }

  private static Object merged(Object old, Object more) {
    if (!(old instanceof Map<?, ?> before) || !(more instanceof Map<?, ?> after)) {
      return more;
    }
    Map<Object, Object> merged = new LinkedHashMap<>(before);
    after.forEach((key, value) -> merged.merge(key, value, (one, other) -> merged(one, other)));
    return ImmutableMap.copyOf(merged);
  }

  private Path file(String name) {
    ImmutableList<Path> places =
        Stream.concat(task.keywords().folders().stream(), Stream.of(here(), playbook))
            .flatMap(place -> Stream.of(place.resolve("vars"), place))
            .distinct()
            .collect(toImmutableList());
    Optional<Path> file =
        name.isEmpty()
            ? Optional.empty()
            : places.stream()
                .map(place -> place.resolve(name).normalize())
                .filter(Files::isRegularFile)
                .findFirst();
    return file.orElseThrow(
        () ->
            new CannotException(
                "Could not find file '" + name + "' of variables; looked in " + places));
  }

  /** The folder of the file that the task stands in. */
  private Path here() {
    return Optional.ofNullable(Path.of(task.at().file()).toAbsolutePath().getParent())
        .orElse(playbook);
  }

  /** The folder and those inside of it, by their names, as many as asked for. */
  private ImmutableList<Path> folders(IncludeVars.Folder folder) {
    Path root = root(folder.path());
    if (!Files.exists(root)) {
      throw new CannotException(root + " directory does not exist");
    } else if (!Files.isDirectory(root)) {
      throw new CannotException(root + " is not a directory");
    }
    try (Stream<Path> inside = Files.walk(root)) {
      return inside
          .filter(Files::isDirectory)
          .sorted(java.util.Comparator.comparing(Path::toString))
          .limit(folder.depth() == 0 ? Long.MAX_VALUE : folder.depth())
          .collect(toImmutableList());
    } catch (IOException e) {
      throw new CannotException(root + " cannot be read: " + e.getMessage());
    }
  }

  private Path root(String name) {
    Optional<Path> role = task.keywords().folders().stream().findFirst();
    if (role.isEmpty()) {
      return here().resolve(name).normalize();
    }
    boolean isVars = name.equals("vars") || name.startsWith("vars/");
    return (isVars ? role.get() : role.get().resolve("vars")).resolve(name).normalize();
  }

  private void load(Path folder, IncludeVars.Folder how) {
    try (Stream<Path> inside = Files.list(folder)) {
      List<Path> members = inside.filter(Files::isRegularFile).sorted().toList();
      members.stream().filter(file -> isWanted(file, how)).forEach(file -> loadKnown(file, how));
    } catch (IOException e) {
      throw new CannotException(folder + " cannot be read: " + e.getMessage());
    }
  }

  private boolean isWanted(Path file, IncludeVars.Folder how) {
    String name = file.getFileName().toString();
    // A role's own file is there already.
    boolean own =
        task.keywords().folders().stream().anyMatch(r -> file.equals(r.resolve("vars/main.yml")));
    return !own
        && how.matching().stream().allMatch(pattern -> finds(pattern, name))
        && how.ignored().stream().noneMatch(pattern -> finds(pattern + "$", name))
        && (how.others() == IncludeVars.Others.REFUSED || hasEnding(name, how));
  }

  private static boolean finds(String pattern, String name) {
    try {
      return PythonRegex.compile(pattern, 0).matcher(name).find();
    } catch (IllegalArgumentException e) {
      throw new CannotException("Invalid regular expression: " + pattern);
    }
  }

  private static boolean hasEnding(String name, IncludeVars.Folder how) {
    int dot = name.lastIndexOf('.');
    return how.endings().contains(dot <= 0 ? "" : name.substring(dot + 1));
  }

  private void loadKnown(Path file, IncludeVars.Folder how) {
    if (!hasEnding(file.getFileName().toString(), how)) {
      throw new CannotException(
          file + " does not have a valid extension: " + String.join(", ", how.endings()));
    }
    load(file);
  }

  private void load(Path file) {
    Problems problems = new Problems();
    ImmutableMap<String, Object> variables = VarsFile.read(file, vault, problems);
    if (!problems.isEmpty()) {
      throw new CannotException(problems.sorted().get(0).toString());
    }
    files.add(file.toString());
    found.putAll(variables);
  }
}
