package dev.belay.yaml;

import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Problems;
import dev.belay.value.None;
import dev.belay.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of variables: a mapping of names to values. What stands in one that is encrypted as a
 * whole is kept secret.
 */
public final class VarsFile {
  private VarsFile() {}

  /** Its variables; none where it is empty, or cannot be read, which the problems then say. */
  public static ImmutableMap<String, Object> read(Path file, Vault vault, Problems problems) {
    return read(Yaml.read(file, vault, problems), isSealed(file), vault, problems);
  }

  private static ImmutableMap<String, Object> read(
      Optional<Node> document, boolean sealed, Vault vault, Problems problems) {
    ImmutableMap<String, Object> variables =
        document.map(node -> variables(node, problems)).orElse(ImmutableMap.of());
    if (sealed) {
      vault.secrets().keepAll(variables);
    }
    return variables;
  }

  /** The variables of a mapping; a problem where it is none. */
  public static ImmutableMap<String, Object> variables(Node node, Problems problems) {
    if (node instanceof Node.Mapping mapping) {
      ImmutableMap.Builder<String, Object> variables = ImmutableMap.builder();
      mapping
          .entries()
          .forEach(entry -> variables.put(entry.name(), NodeValues.of(entry.value(), problems)));
      return variables.buildKeepingLast();
    } else if (!(node instanceof Node.Scalar scalar) || scalar.value() != None.NONE) {
      problems.add(node.at(), "a file of variables is a mapping of names to values");
    }
    return ImmutableMap.of();
  }

  private static boolean isSealed(Path file) {
    try {
      return Vault.isSealed(file);
    } catch (IOException e) {
      return false;
    }
  }
}
