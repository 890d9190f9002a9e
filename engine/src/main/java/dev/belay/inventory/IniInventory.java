package dev.belay.inventory;

import dev.belay.problem.Nearest;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import dev.belay.template.Literals;
import dev.belay.template.Template;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an inventory in Ansible's INI form. Values are read as Python literals where they are one.
 */
final class IniInventory {
  private static final String UNGROUPED = "ungrouped";

  private final String file;
  private final InventoryBuilder inventory;
  private final Problems problems;
  private String group = UNGROUPED;
  private String kind = "hosts";

  IniInventory(String file, InventoryBuilder inventory, Problems problems) {
    this.file = file;
    this.inventory = inventory;
    this.problems = problems;
  }

  void read(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      Position at = new Position(file, i + 1, lines.get(i).indexOf(line) + 1);
      if (!line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != ';') {
        line(line, at);
      }
    }
  }

  private void line(String line, Position at) {
    if (line.startsWith("[")
        && line.replaceFirst("\\s+#.*$", "").endsWith("]")
        && !line.contains("=")) {
      section(line.replaceFirst("\\s+#.*$", ""), at);
      return;
    }
    switch (kind) {
      case "children" -> inventory.child(group, line.replaceFirst("\\s*#.*$", ""), at);
      case "vars" -> variable(line, at);
      default -> host(line, at);
    }
  }

  private void section(String line, Position at) {
    String[] parts = line.substring(1, line.length() - 1).split(":", 2);
    group = parts[0].strip();
    kind = parts.length > 1 ? parts[1].strip() : "hosts";
    inventory.group(group, at);
    List<String> kinds = List.of("hosts", "children", "vars");
    if (!kinds.contains(kind)) {
      problems.add(
          at,
          "there is no section '" + line + "'",
          Nearest.hint(kind, kinds, "use :children or :vars"));
      kind = "hosts";
    }
  }

  private void variable(String line, Position at) {
    int equals = line.indexOf('=');
    if (equals < 1) {
      problems.add(at, "a variable is written name=value", "");
      return;
    }
    inventory.groupVariable(
        group, line.substring(0, equals).strip(), value(line.substring(equals + 1).strip(), at));
  }

  private void host(String line, Position at) {
    List<String> words = words(line, at);
    if (words.isEmpty()) {
      return;
    }
    try {
      for (String name : HostRange.expand(words.get(0))) {
        host(name, words.subList(1, words.size()), at);
      }
    } catch (IllegalArgumentException e) {
      problems.add(at, e.getMessage());
    }
  }

  private void host(String written, List<String> words, Position at) {
    int colon = written.indexOf(':');
    boolean hasPort =
        colon > 0
            && colon == written.lastIndexOf(':')
            && written.substring(colon + 1).matches("[0-9]+");
    String name = hasPort ? written.substring(0, colon) : written;
    inventory.host(name, group, at);
    if (hasPort) {
      inventory.hostVariable(name, "ansible_port", Long.valueOf(written.substring(colon + 1)));
    }
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        problems.add(at, "'" + word + "' is no variable", "write name=value");
      } else {
        inventory.hostVariable(
            name, word.substring(0, equals), value(word.substring(equals + 1), at));
      }
    }
  }

  private Object value(String text, Position at) {
    try {
      return Literals.read(text).orElseGet(() -> Template.of(text, SourceMap.fixed(at)));
    } catch (ProblemsException e) {
      problems.addAll(e);
      return text;
    }
  }

  /** Words as a shell splits them: quotes hold spaces, and go; {@code #} begins a comment. */
  private List<String> words(String line, Position at) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c == '\\' && quote == '"' && i + 1 < line.length() ? line.charAt(++i) : c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        begun = true;
      } else if (Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
          begun = false;
        }
      } else if (c == '#' && !begun) {
        break;
      } else {
        word.append(c == '\\' && i + 1 < line.length() ? line.charAt(++i) : c);
        begun = true;
      }
    }
    if (quote != 0) {
      problems.add(at, "this line has no closing quote", "add " + quote);
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
