package dev.belay.inventory;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.vault.Vault;
import dev.belay.yaml.VarsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The {@code group_vars} and {@code host_vars} of a folder. Each file is read once, when a host
 * first needs it.
 *
 * <p>For one name the first of these counts that is there, and no other: a file or folder without
 * ending, {@code .yml}, {@code .yaml}, {@code .json}. What a folder is asked for most often it has
 * not, so its names are listed once.
 */
final class VarsFolder {
  private static final ImmutableList<String> ENDINGS =
      ImmutableList.of("", ".yml", ".yaml", ".json");

  /** Folders inside of folders: more are a circle of links. */
  private static final int DEPTH_LIMIT = 20;

  private final Path folder;
  private final Part groups;
  private final Part hosts;

  VarsFolder(Path folder, Vault vault) {
    this.folder = folder.toAbsolutePath().normalize();
    groups = new Part(this.folder.resolve("group_vars"), vault);
    hosts = new Part(this.folder.resolve("host_vars"), vault);
  }

  static ImmutableList<VarsFolder> all(List<Path> folders, Vault vault) {
    return folders.stream().map(folder -> new VarsFolder(folder, vault)).collect(toImmutableList());
  }

  boolean isFor(Path other) {
    return folder.equals(other.toAbsolutePath().normalize());
  }

  ImmutableMap<String, Object> ofGroup(String name) {
    return groups.of(name);
  }

  ImmutableMap<String, Object> ofHost(String name) {
    return hosts.of(name);
  }

  private static final class Part {
    private final Path path;
    private final Vault vault;
    private final Supplier<ImmutableSet<String>> names;
    private final Map<String, ImmutableMap<String, Object>> read = new ConcurrentHashMap<>();

    Part(Path path, Vault vault) {
      this.vault = vault;
      this.path = path;
      names = Suppliers.memoize(() -> names(path));
    }

    ImmutableMap<String, Object> of(String name) {
      return base(name)
          .map(base -> read.computeIfAbsent(name, n -> read(files(base, 0), vault)))
          .orElse(ImmutableMap.of());
    }

    /** Names with slashes would lead elsewhere. */
    private Optional<Path> base(String name) {
      return name.indexOf('/') >= 0
          ? Optional.empty()
          : ENDINGS.stream()
              .map(ending -> name + ending)
              .filter(names.get()::contains)
              .findFirst()
              .map(path::resolve);
    }
  }

  private static ImmutableSet<String> names(Path folder) {
    return Files.isDirectory(folder)
        ? sorted(folder).stream().map(VarsFolder::name).collect(toImmutableSet())
        : ImmutableSet.of();
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static ImmutableList<Path> sorted(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.sorted().collect(toImmutableList());
    } catch (IOException e) {
      throw new ProblemsException(
          Position.of(folder.toString()), "this folder cannot be read: " + e.getMessage(), "");
    }
  }

  private static ImmutableList<Path> files(Path path, int depth) {
    if (!Files.isDirectory(path)) {
      return ImmutableList.of(path);
    } else if (depth > DEPTH_LIMIT) {
      throw new ProblemsException(
          Position.of(path.toString()), "folders are inside of folders without end", "");
    }
    ImmutableList.Builder<Path> files = ImmutableList.builder();
    for (Path inside : sorted(path)) {
      if (counts(inside)) {
        files.addAll(files(inside, depth + 1));
      }
    }
    return files.build();
  }

  /** Hidden files, backups and what has another ending do not count. */
  private static boolean counts(Path path) {
    String name = name(path);
    int dot = name.lastIndexOf('.');
    String ending = dot <= 0 ? "" : name.substring(dot);
    boolean hidden = name.startsWith(".") || name.endsWith("~");
    return !hidden && (Files.isDirectory(path) ? ending.isEmpty() : ENDINGS.contains(ending));
  }

  private static ImmutableMap<String, Object> read(ImmutableList<Path> files, Vault vault) {
    Map<String, Object> variables = new LinkedHashMap<>();
    Problems problems = new Problems();
    files.forEach(file -> variables.putAll(VarsFile.read(file, vault, problems)));
    problems.throwIfAny();
    return ImmutableMap.copyOf(variables);
  }
}
