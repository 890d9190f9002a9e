package dev.belay.inventory;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.vault.Vault;
import dev.belay.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads inventories: files in INI or YAML form, folders of such, and lists of hosts. */
public final class InventoryReader {
  private static final ImmutableSet<String> VARS = ImmutableSet.of("group_vars", "host_vars");

  private final Problems problems = new Problems();
  private final Vault vault;
  private final InventoryBuilder inventory;

  private InventoryReader(Vault vault) {
    this.vault = vault;
    inventory = new InventoryBuilder(problems, vault);
  }

  /**
   * All sources as one inventory; what a later one says wins.
   *
   * @param sources paths, or lists of hosts: a text with a comma in it
   * @throws dev.belay.problem.ProblemsException with all that is wrong
   */
  public static Inventory read(List<String> sources) {
    return read(sources, Vault.locked());
  }

  /** The same, where files may be encrypted. */
  public static Inventory read(List<String> sources, Vault vault) {
    InventoryReader reader = new InventoryReader(vault);
    sources.forEach(reader::source);
    reader.problems.throwIfAny();
    return reader.inventory.build();
  }

  private void source(String source) {
    if (source.contains(",")) {
      list(source);
      return;
    }
    Path path = Path.of(source);
    Path absolute = path.toAbsolutePath();
    if (Files.isDirectory(path)) {
      inventory.folder(absolute);
      folder(path);
    } else {
      inventory.folder(absolute.getParent());
      file(path);
    }
  }

  private void list(String source) {
    Position at = Position.of("-i " + source);
    for (String name : Splitter.on(',').trimResults().omitEmptyStrings().split(source)) {
      inventory.host(name, "ungrouped", at);
      if (name.equals("localhost")) {
        inventory.hostVariable(name, "ansible_connection", "local");
      }
    }
  }

  private void folder(Path path) {
    try (Stream<Path> inside = Files.list(path)) {
      inside
          .filter(file -> !VARS.contains(file.getFileName().toString()))
          .filter(
              file ->
                  !file.getFileName()
                      .toString()
                      .matches("\\..*|.*(~|\\.orig|\\.bak|\\.cfg|\\.retry|\\.pyc|\\.swp)"))
          .sorted()
          .forEach(file -> source(file.toString()));
    } catch (IOException e) {
      problems.add(Position.of(path.toString()), "this folder cannot be read: " + e.getMessage());
    }
  }

  private void file(Path file) {
    String name = file.getFileName().toString();
    if (name.matches(".*\\.(ya?ml|json)")) {
      Yaml.read(file, vault, problems).ifPresent(new YamlInventory(inventory, problems)::read);
    } else if (Files.isExecutable(file) && startsAsScript(file)) {
      problems.add(
          Position.of(name), "inventory scripts are not supported yet", "save its output as YAML");
    } else {
      ini(file);
    }
  }

  private static boolean startsAsScript(Path file) {
    try (java.io.InputStream in = Files.newInputStream(file)) {
      return in.read() == '#' && in.read() == '!';
    } catch (IOException e) {
      return false;
    }
  }

  private void ini(Path file) {
    if (!Files.exists(file)) {
      problems.add(
          Position.of(file.toString()),
          "there is no such inventory",
          "give a file, a folder, or hosts with commas: -i 'h1,h2,'");
      return;
    }
    Yaml.text(file, vault, problems)
        .ifPresent(
            text ->
                new IniInventory(file.toString(), inventory, problems).read(text.lines().toList()));
  }
}
