package dev.belay.inventory;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Nearest;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.SourceMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads an inventory in Ansible's INI form. Values are read as Python literals where they are one.
 *
 * <p>A group may be named as a child, or given variables, before its own section; where that never
 * comes it is a mistake. Children stand in the order in which both sides are known, as Ansible has
 * it: it is the order of hosts in a play.
 */
final class IniInventory {
  /** The places of a line's characters take more memory than the line. */
  private static final int LINE_LIMIT = 1_000_000;

  private static final Pattern SECTION =
      Pattern.compile("\\[([^:\\]\\s]++)(?::(\\w++))?\\]\\s*+(?:#.*)?");
  private static final Pattern CHILD = Pattern.compile("([^:\\]\\s]++)\\s*+(?:#.*)?");
  private static final ImmutableList<String> KINDS = ImmutableList.of("hosts", "children", "vars");
  private static final String HOSTS = KINDS.get(0);
  private static final String CHILDREN = KINDS.get(1);
  private static final String VARS = KINDS.get(2);

  private final String file;
  private final InventoryBuilder inventory;
  private final Problems problems;
  private final Map<String, Awaited> awaited = new LinkedHashMap<>();
  private String group = Inventory.UNGROUPED;
  private String kind = HOSTS;
  private int number;

  /** A group that was spoken of and is not defined yet; without parents, by its variables. */
  private record Awaited(Position at, List<String> parents) {}

  /** A line without the spaces around it. */
  private record Line(String file, int number, int column, String text) {
    Position at(int offset) {
      return new Position(file, number, column + offset);
    }
  }

  IniInventory(String file, InventoryBuilder inventory, Problems problems) {
    this.file = file;
    this.inventory = inventory;
    this.problems = problems;
  }

  /** Lines one after the other: all at once would take many times the memory of the file. */
  void read(Stream<String> lines) {
    lines.forEachOrdered(this::line);
    awaited.forEach(this::refuseUndefined);
  }

  private void line(String whole) {
    number++;
    String text = PythonSpace.strip(whole);
    if (text.length() > LINE_LIMIT) {
      problems.add(
          new Position(file, number, 1),
          "this line is longer than " + LINE_LIMIT + " characters",
          "put a long value into host_vars or group_vars");
    } else if (!text.isEmpty() && text.charAt(0) != '#' && text.charAt(0) != ';') {
      line(new Line(file, number, whole.indexOf(text) + 1, text));
    }
  }

  private void refuseUndefined(String name, Awaited waiting) {
    if (waiting.parents.isEmpty()) {
      problems.add(
          waiting.at,
          "the group '" + name + "' has variables and is not defined",
          "add [" + name + "], or remove its [" + name + ":vars]");
    } else {
      problems.add(
          waiting.at,
          "the group '"
              + waiting.parents.get(0)
              + "' has a child '"
              + name
              + "', which is no group",
          "define it");
    }
  }

  private void line(Line line) {
    if (line.text.charAt(0) == '[') {
      Matcher section = SECTION.matcher(line.text);
      if (section.matches()) {
        section(section, line);
        return;
      } else if (line.text.endsWith("]")) {
        problems.add(
            line.at(0),
            "'" + line.text + "' is no section",
            "write [name], [name:children] or [name:vars], without spaces");
        kind = "";
        return;
      }
    }
    if (kind.equals(HOSTS)) {
      host(line);
    } else if (kind.equals(CHILDREN)) {
      child(line);
    } else if (kind.equals(VARS)) {
      variable(line);
    }
  }

  private void section(Matcher section, Line line) {
    group = section.group(1);
    kind = section.group(2) == null ? HOSTS : section.group(2);
    if (!KINDS.contains(kind)) {
      problems.add(
          line.at(0),
          "there is no section '[" + group + ":" + kind + "]'",
          Nearest.hint(kind, KINDS, "use :children or :vars"));
      kind = "";
      return;
    }
    if (!inventory.has(group) && kind.equals(VARS)) {
      awaited.putIfAbsent(group, new Awaited(line.at(0), new ArrayList<>()));
    }
    inventory.group(group, line.at(0));
    if (!kind.equals(VARS) && awaited.containsKey(group)) {
      Awaited waiting = awaited.remove(group);
      waiting.parents.forEach(parent -> inventory.child(parent, group));
    }
  }

  private void child(Line line) {
    Matcher name = CHILD.matcher(line.text);
    if (!name.matches()) {
      problems.add(
          line.at(0), "'" + line.text + "' is no name of a group", "write one name on each line");
    } else if (inventory.has(name.group(1))) {
      inventory.child(group, name.group(1));
    } else {
      awaited
          .computeIfAbsent(name.group(1), n -> new Awaited(line.at(0), new ArrayList<>()))
          .parents
          .add(group);
    }
  }

  private void variable(Line line) {
    int equals = line.text.indexOf('=');
    if (equals < 1) {
      problems.add(line.at(0), "a variable is written name=value", "");
      return;
    }
    String name = PythonSpace.strip(line.text.substring(0, equals));
    String value = PythonSpace.strip(line.text.substring(equals + 1));
    int start = value.isEmpty() ? equals + 1 : line.text.indexOf(value, equals + 1);
    inventory.groupVariable(
        group, name, value(value, offset -> line.at(start + offset)), line.at(0));
  }

  private void host(Line line) {
    try {
      ImmutableList<IniWords.Word> words = IniWords.split(line.text);
      if (!words.isEmpty()) {
        host(words, line);
      }
    } catch (IllegalArgumentException e) {
      problems.add(line.at(0), e.getMessage());
    }
  }

  private void host(ImmutableList<IniWords.Word> words, Line line) {
    String written = words.get(0).text();
    HostAddress address = HostAddress.lenient(written);
    if (written.equals("---") || written.endsWith(":")) {
      problems.add(
          line.at(0), "'" + written + "' is no name for a host", "is this YAML? name it so: .yml");
      return;
    }
    Map<String, Object> variables = variables(words, line);
    for (String name : HostRange.expand(address.name())) {
      if (inventory.host(name, group, address.port(), line.at(words.get(0).place(0)))) {
        variables.forEach((key, value) -> inventory.variable(name, key, value, line.at(0)));
      }
    }
  }

  private Map<String, Object> variables(ImmutableList<IniWords.Word> words, Line line) {
    Map<String, Object> variables = new LinkedHashMap<>();
    for (IniWords.Word word : words.subList(1, words.size())) {
      int equals = word.text().indexOf('=');
      if (equals < 1) {
        problems.add(
            line.at(word.place(0)),
            "'" + word.text() + "' is no variable",
            "write name=value, and put a value with spaces in quotes");
      } else {
        String value = word.text().substring(equals + 1);
        variables.put(
            word.text().substring(0, equals),
            value(value, offset -> line.at(word.place(equals + 1 + offset))));
      }
    }
    return variables;
  }

  private Object value(String text, SourceMap source) {
    return TypedText.of(text, source, problems);
  }
}
