package dev.belay.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Problems;
import dev.belay.vault.Vault;
import dev.belay.yaml.VarsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The {@code group_vars} and {@code host_vars} of a folder. Each file is read once, when a host
 * first needs it.
 */
final class VarsFolder {
  private static final ImmutableList<String> ENDINGS =
      ImmutableList.of("", ".yml", ".yaml", ".json");

  private final Path folder;
  private final Vault vault;
  private final Map<Path, ImmutableMap<String, Object>> read = new ConcurrentHashMap<>();

  VarsFolder(Path folder, Vault vault) {
    this.vault = vault;
    this.folder = folder.toAbsolutePath().normalize();
  }

  boolean isFor(Path other) {
    return folder.equals(other.toAbsolutePath().normalize());
  }

  ImmutableMap<String, Object> ofGroup(String name) {
    return read.computeIfAbsent(folder.resolve("group_vars").resolve(name), this::read);
  }

  ImmutableMap<String, Object> ofHost(String name) {
    return read.computeIfAbsent(folder.resolve("host_vars").resolve(name), this::read);
  }

  private ImmutableMap<String, Object> read(Path base) {
    Map<String, Object> variables = new LinkedHashMap<>();
    Problems problems = new Problems();
    for (String ending : ENDINGS) {
      Path path = base.resolveSibling(base.getFileName() + ending);
      files(path).forEach(file -> variables.putAll(VarsFile.read(file, vault, problems)));
    }
    problems.throwIfAny();
    return ImmutableMap.copyOf(variables);
  }

  private static List<Path> files(Path path) {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    } else if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.walk(path)) {
      return inside
          .filter(Files::isRegularFile)
          .filter(f -> !f.getFileName().toString().matches("\\..*|.*~"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
