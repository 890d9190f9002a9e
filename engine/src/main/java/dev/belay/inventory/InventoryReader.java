package dev.belay.inventory;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads inventories: files in INI or YAML form, executables, folders of such, and lists of hosts.
 *
 * <p>Sources are read in the order given, and the files of a folder in the order of their names;
 * what a later one says of the same thing wins.
 */
public final class InventoryReader {
  private static final ImmutableSet<String> VARS =
      ImmutableSet.of("group_vars", "host_vars", "vars_plugins");

  /** What Ansible leaves out of a folder, {@code .ini} among them. */
  private static final ImmutableList<String> LEFT_OUT =
      ImmutableList.of(
          ".pyc", ".pyo", ".swp", ".bak", "~", ".rpm", ".md", ".txt", ".rst", ".orig", ".ini",
          ".cfg", ".retry");

  /** Folders inside of folders: more are a circle of links. */
  private static final int DEPTH_LIMIT = 20;

  private final Problems problems = new Problems();
  private final Vault vault;
  private final InventoryBuilder inventory;
  private final ImmutableMap<String, Object> extra;

  private InventoryReader(ImmutableMap<String, Object> extra, Vault vault) {
    this.extra = extra;
    this.vault = vault;
    inventory = new InventoryBuilder(problems, vault);
  }

  /**
   * All sources as one inventory, without any variables of the command line.
   *
   * @param sources paths, or lists of hosts: a text with a comma in it
   * @throws dev.belay.problem.ProblemsException with all that is wrong
   */
  public static Inventory read(List<String> sources) {
    return read(sources, ImmutableMap.of(), Vault.locked());
  }

  /**
   * All sources as one inventory.
   *
   * @param sources paths, or lists of hosts: a text with a comma in it
   * @param extra the command line's variables, for expressions that ask to see them
   * @param vault opens files that are encrypted
   * @throws dev.belay.problem.ProblemsException with all that is wrong
   */
  public static Inventory read(
      List<String> sources, ImmutableMap<String, Object> extra, Vault vault) {
    return new InventoryReader(extra, vault).all(sources);
  }

  private Inventory all(List<String> sources) {
    sources.forEach(this::source);
    problems.throwIfAny();
    return inventory.build();
  }

  private void source(String source) {
    Optional<Path> path = path(source);
    boolean there = path.filter(Files::exists).isPresent();
    if (!there && source.contains(",")) {
      list(source);
    } else if (path.isEmpty()) {
      problems.add(Position.of(source), "this is no path", "");
    } else {
      Path absolute = path.get().toAbsolutePath().normalize();
      inventory.folder(Files.isDirectory(absolute) ? absolute : absolute.getParent());
      path(path.get(), 0);
    }
  }

  private static Optional<Path> path(String source) {
    try {
      return Optional.of(Path.of(source));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Ports may stand in a list, ranges not. */
  private void list(String source) {
    Position at = Position.of("-i " + source);
    inventory.from(new InventoryBuilder.Source(source, Path.of("").toAbsolutePath().toString()));
    for (String word : Splitter.on(',').trimResults().omitEmptyStrings().split(source)) {
      HostAddress host = HostAddress.lenient(word);
      String name = host.name().contains("[") ? word : host.name();
      if (!inventory.hasHost(name)
          && inventory.host(name, Inventory.UNGROUPED, host.port(), at)
          && name.equals("localhost")) {
        inventory.variable(name, "ansible_connection", "local", at);
      }
    }
  }

  private void path(Path path, int depth) {
    if (depth > DEPTH_LIMIT) {
      problems.add(Position.of(path.toString()), "folders are inside of folders without end", "");
    } else if (Files.isDirectory(path)) {
      folder(path, depth);
    } else {
      new InventoryFile(path, inventory, extra, vault, problems).read();
    }
  }

  private void folder(Path path, int depth) {
    try (Stream<Path> inside = Files.list(path)) {
      inside
          .filter(file -> counts(file.getFileName().toString()))
          .sorted()
          .forEach(file -> path(file, depth + 1));
    } catch (IOException e) {
      problems.add(Position.of(path.toString()), "this folder cannot be read: " + e.getMessage());
    }
  }

  private static boolean counts(String name) {
    return !VARS.contains(name)
        && !name.startsWith(".")
        && LEFT_OUT.stream().noneMatch(name::endsWith);
  }
}
