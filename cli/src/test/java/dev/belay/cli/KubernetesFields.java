package dev.belay.cli;

import com.google.common.base.Splitter;
import dev.belay.problem.Problems;
import dev.belay.yaml.NodeValues;
import dev.belay.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares objects with {@code kubernetes-fields.yml}, which tells how it is to be read. */
final class KubernetesFields {
  private static final Path FORMS = Path.of("src/test/resources/kubernetes-fields.yml");
  private static final String ANY = "<name>";

  private final Map<?, ?> forms;
  private final List<String> wrong = new ArrayList<>();

  KubernetesFields() throws IOException {
    forms = (Map<?, ?>) yaml(Files.readString(FORMS));
  }

  static Object yaml(String text) {
    Problems problems = new Problems();
    Object value = Yaml.read("yaml", text, problems).map(NodeValues::plain).orElse("");
    problems.throwIfAny();
    return value;
  }

  /** What is wrong with an object; nothing where it is well formed. */
  List<String> wrong(Object object) {
    wrong.clear();
    Object kind = object instanceof Map<?, ?> map ? map.get("kind") : Optional.empty();
    if (forms.containsKey(kind)) {
      compare("", object, forms.get(kind));
    } else {
      wrong.add("no known kind");
    }
    return List.copyOf(wrong);
  }

  private void compare(String at, Object value, Object form) {
    if (form instanceof Map<?, ?> map) {
      mapping(at, value, map);
    } else if (form instanceof List<?> list) {
      if (value instanceof List<?> members) {
        members.forEach(member -> compare(at + "[]", member, list.get(0)));
      } else {
        wrong.add(at + " is no list");
      }
    } else if (!fits(value, form.toString())) {
      wrong.add(at + " is " + value + ", and not " + form);
    }
  }

  private void mapping(String at, Object value, Map<?, ?> form) {
    if (!(value instanceof Map<?, ?> map)) {
      wrong.add(at + " is no mapping");
      return;
    }
    Set<Object> left = new HashSet<>(map.keySet());
    for (Map.Entry<?, ?> field : form.entrySet()) {
      String name = field.getKey().toString().replaceFirst("!$", "");
      if (name.equals(ANY)) {
        left.forEach(key -> compare(at + "." + key, map.get(key), field.getValue()));
        left.clear();
      } else if (left.remove(name)) {
        compare(at + "." + name, map.get(name), field.getValue());
      } else if (field.getKey().toString().endsWith("!")) {
        wrong.add(at + " has no " + name);
      }
    }
    left.forEach(name -> wrong.add(at + "." + name + " is not known"));
  }

  private static boolean fits(Object value, String form) {
    return switch (form) {
      case "text" -> value instanceof String;
      case "name" -> value instanceof String name && name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
      case "number" -> value instanceof Number;
      case "flag" -> value instanceof Boolean;
      default -> value instanceof String word && Splitter.on('|').splitToList(form).contains(word);
    };
  }
}
