package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Nearest;
import dev.belay.yaml.Node;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code import_tasks} and {@code import_role}: tasks of another file that stand in for the
 * import, as if they were written there. Its keywords are handed down to them.
 */
final class ImportReader {
  private static final ImmutableSet<String> ROLE_WORDS =
      ImmutableSet.of(
          "name",
          "role",
          "tasks_from",
          "vars_from",
          "defaults_from",
          "handlers_from",
          "allow_duplicates",
          "public");

  private final PlayParts parts;
  private final TaskPlace place;

  ImportReader(PlayParts parts, TaskPlace place) {
    this.parts = parts;
    this.place = place;
  }

  /** The import that a mapping in a list of tasks is, if it is one. */
  static Optional<Node.Entry> find(Node.Mapping map) {
    return map.entries().stream()
        .filter(entry -> shortName(entry.name()).matches("import_tasks|import_role"))
        .findFirst();
  }

  static String shortName(String word) {
    return word.replaceFirst("^ansible\\.(builtin|legacy)\\.", "");
  }

  /** The tasks, as a block. */
  Block read(Node.Mapping map, Node.Entry entry, Keywords outer) {
    Fields fields = new Fields(map, parts.problems());
    fields.refuseUnknown(KeywordTable.IMPORT, ImmutableSet.of(entry.name()));
    Keywords keywords = new KeywordsReader(parts.problems()).readWithVars(fields).inside(outer);
    ImmutableList<Statement> tasks =
        shortName(entry.name()).equals("import_tasks")
            ? tasks(entry, keywords)
            : role(entry, keywords);
    return new Block(tasks, ImmutableList.of(), ImmutableList.of(), map.at());
  }

  private ImmutableList<Statement> tasks(Node.Entry entry, Keywords keywords) {
    Map<String, String> words = words(entry, "file", ImmutableSet.of("file"));
    Optional<String> name = Optional.ofNullable(words.get("file"));
    Optional<Path> file = name.flatMap(place::find);
    if (file.isEmpty()) {
      parts
          .problems()
          .add(
              entry.value().at(),
              "there is no file '" + name.orElse("") + "' to import",
              "looked for it as " + place.places(name.orElse("")));
      return ImmutableList.of();
    } else if (!parts.enterImport()) {
      parts.problems().add(entry.value().at(), "these files import each other without end");
      return ImmutableList.of();
    }
    ImmutableList<Statement> tasks =
        parts
            .read(file.get())
            .map(list -> new TaskReader(parts, place.in(file.get())).statements(list, keywords))
            .orElse(ImmutableList.of());
    parts.leaveImport();
    return tasks;
  }

  private ImmutableList<Statement> role(Node.Entry entry, Keywords keywords) {
    Map<String, String> words = words(entry, "name", ROLE_WORDS);
    String name = words.getOrDefault("name", words.get("role"));
    if (name == null) {
      parts.problems().add(entry.value().at(), "this does not say which role", "add 'name: ROLE'");
      return ImmutableList.of();
    }
    RoleUse use =
        new RoleUse(
            name,
            words.getOrDefault("tasks_from", "main"),
            words.getOrDefault("vars_from", "main"),
            words.getOrDefault("defaults_from", "main"),
            words.getOrDefault("handlers_from", "main"),
            entry.value().at());
    return new RoleReader(parts).role(use, keywords);
  }

  private Map<String, String> words(Node.Entry entry, String alone, ImmutableSet<String> known) {
    Map<String, String> words = new LinkedHashMap<>();
    if (entry.value() instanceof Node.Scalar text) {
      words.put(alone, text.text());
    } else if (entry.value() instanceof Node.Mapping map) {
      Fields fields = new Fields(map, parts.problems());
      for (String word : fields.words()) {
        if (!known.contains(word)) {
          parts
              .problems()
              .add(
                  fields.place(word),
                  "'" + ImportReader.shortName(entry.name()) + "' has no parameter '" + word + "'",
                  Nearest.hint(word, known, "it takes " + String.join(", ", known)));
        }
        fields.raw(word).ifPresent(value -> words.put(word, value.toString()));
      }
    }
    words.forEach((word, value) -> refuseTemplate(entry, value));
    return words;
  }

  private void refuseTemplate(Node.Entry entry, String value) {
    if (value.contains("{{")) {
      parts
          .problems()
          .add(
              entry.value().at(),
              "an import is read before any host has variables",
              "use " + shortName(entry.name()).replace("import", "include") + " for this name");
    }
  }
}
