package dev.belay.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Utf8;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.template.PythonText;
import dev.belay.value.None;
import dev.belay.vault.Vault;
import dev.belay.yaml.Node;
import dev.belay.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One file of an inventory. Finds out in which form it is, as Ansible does by trying one after the
 * other: an executable, YAML or JSON where the name has such an ending or none, INI.
 */
final class InventoryFile {
  private static final ImmutableSet<String> YAML_ENDINGS =
      ImmutableSet.of(".yml", ".yaml", ".json");
  private static final ImmutableSet<String> CONSTRUCTED =
      ImmutableSet.of("constructed", "ansible.builtin.constructed");
  private static final ImmutableList<String> YAML_STARTS =
      ImmutableList.of("---", "%", "{", "\"", "'", "?", "&", "!");

  /** In bytes: a hundred thousand hosts with some variables each. */
  private static final int SIZE_LIMIT = 10 * 1024 * 1024;

  private final Path file;
  private final InventoryBuilder inventory;
  private final ImmutableMap<String, Object> extra;
  private final Vault vault;
  private final Problems problems;
  private final Position at;
  private final String ending;

  InventoryFile(
      Path file,
      InventoryBuilder inventory,
      ImmutableMap<String, Object> extra,
      Vault vault,
      Problems problems) {
    this.file = file;
    this.inventory = inventory;
    this.extra = extra;
    this.vault = vault;
    this.problems = problems;
    at = Position.of(file.toString());
    String name = file.getFileName().toString();
    ending = name.lastIndexOf('.') > 0 ? name.substring(name.lastIndexOf('.')) : "";
  }

  void read() {
    Path absolute = file.toAbsolutePath().normalize();
    inventory.from(
        new InventoryBuilder.Source(absolute.toString(), absolute.getParent().toString()));
    try {
      byte[] bytes = bytes();
      if (isProgram(bytes) && Files.isExecutable(file)) {
        new ScriptInventory(file, ScriptCall.LIMIT, inventory, problems).read();
      } else if (isProgram(bytes)) {
        asData(bytes);
      } else {
        data(bytes, problems);
      }
    } catch (NoSuchFileException e) {
      problems.add(
          at,
          "there is no such inventory",
          "give a file, a folder, or hosts with commas: -i 'h1,h2,'");
    } catch (IOException e) {
      problems.add(at, "this inventory cannot be read: " + e.getMessage());
    } catch (ProblemsException e) {
      problems.addAll(e);
    } catch (IllegalArgumentException e) {
      problems.add(new Position(file.toString(), 1, 1), String.valueOf(e.getMessage()));
    }
  }

  private byte[] bytes() throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      // Not by its size, of which pipes and devices know nothing.
      byte[] bytes = stream.readNBytes(SIZE_LIMIT + 1);
      if (bytes.length > SIZE_LIMIT) {
        throw new IOException(
            "it is larger than " + SIZE_LIMIT + " bytes; split it, and name the folder it is in");
      }
      return vault.clear(bytes);
    }
  }

  /** By its first bytes; what only has the mode of one is data. */
  private static boolean isProgram(byte[] bytes) {
    boolean script = bytes.length > 1 && bytes[0] == '#' && bytes[1] == '!';
    boolean binary =
        bytes.length > 3
            && bytes[0] == 0x7f
            && bytes[1] == 'E'
            && bytes[2] == 'L'
            && bytes[3] == 'F';
    return script || binary;
  }

  /** A first line with {@code #!} is a comment to YAML and INI, so this may be an inventory. */
  private void asData(byte[] bytes) {
    Problems asData = new Problems();
    data(bytes, asData);
    if (!asData.isEmpty()) {
      problems.add(at, "this is a program and not executable", "chmod +x " + file);
    }
  }

  private void data(byte[] bytes, Problems found) {
    if (ending.equals(".toml")) {
      found.add(at, "inventories in TOML are not supported", "save it as YAML");
    } else if (ending.isEmpty() ? startsAsYaml(bytes) : isYaml(bytes)) {
      Yaml.read(file, vault, found).ifPresent(node -> yaml(node, found));
    } else {
      ini(bytes, found);
    }
  }

  private boolean isYaml(byte[] bytes) {
    return YAML_ENDINGS.contains(ending)
        && (ending.equals(".json") || !firstLine(bytes).startsWith("["));
  }

  private static boolean startsAsYaml(byte[] bytes) {
    String first = firstLine(bytes);
    int colon = first.indexOf(':');
    boolean key =
        colon > 0
            && first.lastIndexOf('=', colon) < 0
            && !first.startsWith("[")
            && (colon + 1 == first.length() || first.charAt(colon + 1) == ' ');
    return key || YAML_STARTS.stream().anyMatch(first::startsWith);
  }

  /** The first that is neither empty nor a comment. */
  private static String firstLine(byte[] bytes) {
    int start = 0;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      String line = new String(bytes, start, end - start, UTF_8).replace("\uFEFF", "").strip();
      if (!line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != ';') {
        return line;
      }
      start = end + 1;
    }
    return "";
  }

  private void yaml(Node node, Problems found) {
    if (node instanceof Node.Mapping groups) {
      Optional<Node> plugin = groups.value("plugin");
      if (plugin.isPresent()) {
        plugin(plugin.get(), groups, found);
      } else {
        new YamlInventory(inventory, found).read(groups);
      }
    } else if (!(node instanceof Node.Scalar scalar && scalar.value() == None.NONE)) {
      found.add(node.at(), "an inventory is a mapping of groups", "begin it with 'all:'");
    }
  }

  private void plugin(Node plugin, Node.Mapping options, Problems found) {
    String name = plugin instanceof Node.Scalar scalar ? PythonText.str(scalar.value()) : "";
    if (!CONSTRUCTED.contains(name)) {
      found.add(
          plugin.at(),
          "the inventory plugin '" + name + "' is not supported",
          "use constructed, an executable that prints JSON, or save what the plugin says as YAML");
    } else if (!ending.equals(".yml") && !ending.equals(".yaml")) {
      found.add(plugin.at(), "the file of an inventory plugin is named .yml or .yaml", "rename it");
    } else {
      ConstructedOptions read = new ConstructedOptions.Reader(options, found).read();
      new ConstructedInventory(read, inventory, extra, found, plugin.at()).read();
    }
  }

  private void ini(byte[] bytes, Problems found) {
    text(bytes, found)
        .ifPresent(text -> new IniInventory(file.toString(), inventory, found).read(text.lines()));
  }

  /** Comments may be in any encoding, all else is UTF-8. */
  private Optional<String> text(byte[] bytes, Problems found) {
    Optional<String> whole = decoded(bytes);
    if (whole.isPresent()) {
      return whole.map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text);
    }
    List<String> lines =
        new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).lines().toList();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean comment = line.startsWith("#") || line.startsWith(";");
      Optional<String> read =
          comment
              ? Optional.of("")
              : decoded(line.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
      if (read.isEmpty()) {
        found.add(
            new Position(file.toString(), i + 1, 0),
            "this line is not text in UTF-8",
            "save the file as UTF-8");
        return Optional.empty();
      }
      text.append(read.get()).append('\n');
    }
    return Optional.of(text.toString());
  }

  private static Optional<String> decoded(byte[] bytes) {
    return Utf8.isWellFormed(bytes) ? Optional.of(new String(bytes, UTF_8)) : Optional.empty();
  }
}
