package dev.belay.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.SourceMap;
import dev.belay.template.Json;
import dev.belay.template.JsonException;
import dev.belay.template.PythonText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what an executable inventory says: {@code --list} for all, and {@code --host} for each host
 * where the former gave no {@code _meta.hostvars}.
 *
 * <p>The script is the user's and so are its texts: they may be templates.
 */
final class ScriptInventory {
  private static final String META = "_meta";
  private static final ImmutableList<String> PARTS = ImmutableList.of("hosts", "vars", "children");

  private final InventoryBuilder inventory;
  private final Problems problems;
  private final ScriptCall script;
  private final Position at;
  private final Set<String> hosts = new LinkedHashSet<>();

  ScriptInventory(Path file, Duration limit, InventoryBuilder inventory, Problems problems) {
    this.inventory = inventory;
    this.problems = problems;
    script = new ScriptCall(file, limit);
    at = Position.of(file.toString());
  }

  void read() {
    answer("--list").ifPresent(this::read);
  }

  private void read(Map<?, ?> groups) {
    groups.forEach(
        (name, group) -> {
          if (!name.equals(META)) {
            group(name.toString(), group);
          }
        });
    Object known = groups.get(META) instanceof Map<?, ?> meta ? meta.get("hostvars") : null;
    if (known instanceof Map<?, ?> variables) {
      hosts.forEach(host -> variables(host, variables.get(host)));
    } else if (known != null) {
      wrong("'_meta.hostvars' is no mapping of hosts");
    } else {
      ask();
    }
  }

  /** One call a host; after a first that fails the others hardly say more. */
  private void ask() {
    for (String host : hosts) {
      Optional<Map<?, ?>> variables = answer("--host", host);
      if (variables.isEmpty()) {
        return;
      }
      variables(host, variables.get());
    }
  }

  private void group(String name, Object given) {
    inventory.group(name, at);
    Map<?, ?> group = given instanceof Map<?, ?> map ? map : ImmutableMap.of("hosts", given);
    boolean hostOnly = given instanceof Map && PARTS.stream().noneMatch(group::containsKey);
    if (hostOnly) {
      host(name, name);
      setVariables(name, group);
      return;
    }
    for (Object host : list(group, "hosts", name)) {
      host(PythonText.str(host), name);
    }
    if (group.get("vars") instanceof Map<?, ?> variables) {
      setVariables(name, variables);
    } else if (group.containsKey("vars")) {
      wrong("the 'vars' of the group '" + name + "' are no mapping");
    }
    for (Object child : list(group, "children", name)) {
      inventory.group(PythonText.str(child), at);
      inventory.child(name, PythonText.str(child));
    }
  }

  private void host(String host, String group) {
    if (inventory.host(host, group, Optional.empty(), at)) {
      hosts.add(host);
    }
  }

  private void setVariables(String group, Map<?, ?> variables) {
    variables.forEach(
        (key, value) -> inventory.groupVariable(group, key.toString(), templated(value), at));
  }

  private List<?> list(Map<?, ?> group, String part, String name) {
    Object given = group.get(part);
    if (given instanceof List<?> list) {
      return list;
    } else if (given != null) {
      wrong("the '" + part + "' of the group '" + name + "' are no list");
    }
    return List.of();
  }

  private void variables(String host, Object given) {
    if (given instanceof Map<?, ?> variables) {
      variables.forEach(
          (key, value) -> inventory.variable(host, key.toString(), templated(value), at));
    } else if (given != null) {
      wrong("the variables of the host '" + host + "' are no mapping");
    }
  }

  private Object templated(Object value) {
    return TypedText.templated(value, SourceMap.fixed(at), problems);
  }

  private void wrong(String what) {
    problems.add(at, "this inventory script printed what is no inventory: " + what);
  }

  private Optional<Map<?, ?>> answer(String... arguments) {
    String call = String.join(" ", arguments);
    String text = "";
    try {
      text = script.answer(arguments);
      if (text.isBlank() && arguments.length > 1) {
        return Optional.of(ImmutableMap.of());
      } else if (Json.read(text) instanceof Map<?, ?> map) {
        return Optional.of(map);
      }
      wrong(call + " gave no mapping");
    } catch (IOException e) {
      problems.add(at, "this inventory script failed at " + call + ": " + e.getMessage());
    } catch (JsonException e) {
      Position place = SourceMap.plain(text, new Position("", 1, 1)).at(e.offset());
      problems.add(
          at,
          "what this inventory script printed for "
              + call
              + " is not JSON: "
              + e.what()
              + " at line "
              + place.line()
              + ", column "
              + place.column()
              + " of it");
    }
    return Optional.empty();
  }
}
