package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Convert;
import dev.belay.problem.Nearest;
import dev.belay.template.EvaluationException;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import dev.belay.yaml.Node;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads {@code import_tasks} and {@code import_role}: tasks of another file that stand in for the
 * import, as if they were written there. Its keywords are handed down to them.
 */
final class ImportReader {
  private static final ImmutableSet<String> COLLECTIONS =
      ImmutableSet.of("ansible.builtin.", "ansible.legacy.");

  private static final ImmutableSet<String> ROLE_WORDS =
      ImmutableSet.of(
          "name",
          "role",
          "tasks_from",
          "vars_from",
          "defaults_from",
          "handlers_from",
          "allow_duplicates",
          "public",
          "rolespec_validate");

  private final PlayParts parts;
  private final TaskPlace place;
  private final KeywordTable table;

  /** {@code table} says whether what is imported are tasks or handlers. */
  ImportReader(PlayParts parts, TaskPlace place, KeywordTable table) {
    this.table = table;
    this.parts = parts;
    this.place = place;
  }

  /** The import that a mapping in a list of tasks is, if it is one. */
  static Optional<Node.Entry> find(Node.Mapping map) {
    for (Node.Entry entry : map.entries()) {
      String name = shortName(entry.name());
      if (name.equals("import_tasks") || name.equals("import_role")) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /** Asked of every key of every task. */
  static String shortName(String word) {
    for (String collection : COLLECTIONS) {
      if (word.startsWith(collection)) {
        return word.substring(collection.length());
      }
    }
    return word;
  }

  /** The tasks, as a block. */
  Block read(Node.Mapping map, Node.Entry entry, Keywords outer) {
    Fields fields = new Fields(map, parts.problems());
    fields.refuseUnknown(KeywordTable.IMPORT, ImmutableSet.of(entry.name()));
    Keywords own = new KeywordsReader(parts, outer).readWithVars(fields);
    Keywords keywords = own.inside(outer);
    ImmutableList<Statement> tasks =
        shortName(entry.name()).equals("import_tasks")
            ? tasks(entry, keywords)
            : role(entry, own, keywords);
    return new Block(tasks, ImmutableList.of(), ImmutableList.of(), map.at())
        .notifying(fields.rawList("notify"));
  }

  private ImmutableList<Statement> tasks(Node.Entry entry, Keywords keywords) {
    Optional<String> name =
        Optional.ofNullable(words(entry, keywords, "file", ImmutableSet.of("file")).get("file"));
    Optional<Path> file = name.flatMap(place::find);
    if (name.isEmpty()) {
      return ImmutableList.of();
    } else if (file.isEmpty()) {
      parts
          .problems()
          .add(
              entry.value().at(),
              "there is no file '" + name.get() + "' to import",
              "looked for it as " + place.places(name.get()));
      return ImmutableList.of();
    } else if (!parts.enterImport()) {
      parts.problems().add(entry.value().at(), "these files import each other without end");
      return ImmutableList.of();
    }
    ImmutableList<Statement> tasks =
        parts
            .read(file.get())
            .map(
                list ->
                    new TaskReader(parts, place.in(file.get()), table).statements(list, keywords))
            .orElse(ImmutableList.of());
    parts.leaveImport();
    return tasks;
  }

  private ImmutableList<Statement> role(Node.Entry entry, Keywords own, Keywords keywords) {
    ImmutableMap<String, String> words = words(entry, keywords, "name", ROLE_WORDS);
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
            isValidated(entry, words) ? Optional.of(ImmutableMap.of()) : Optional.empty(),
            entry.value().at());
    parts.addRole(name);
    parts.expose(own);
    return new RoleReader(parts).role(use, keywords);
  }

  private boolean isValidated(Node.Entry entry, ImmutableMap<String, String> words) {
    try {
      return Convert.flag(words.getOrDefault("rolespec_validate", "true"));
    } catch (IllegalArgumentException e) {
      parts.problems().add(entry.value().at(), "'rolespec_validate' " + e.getMessage());
      return true;
    }
  }

  private ImmutableMap<String, String> words(
      Node.Entry entry, Keywords around, String alone, ImmutableSet<String> known) {
    Node.Mapping given =
        entry.value() instanceof Node.Mapping map
            ? map
            : ofLine((Node.Scalar) entry.value(), alone, known);
    Fields fields = new Fields(given, parts.problems());
    for (String word : fields.words()) {
      if (!known.contains(word)) {
        parts
            .problems()
            .add(
                fields.place(word),
                "'" + shortName(entry.name()) + "' has no parameter '" + word + "'",
                Nearest.hint(word, known, "it takes " + String.join(", ", known)));
      }
    }
    ImmutableMap.Builder<String, String> words = ImmutableMap.builder();
    for (String word : fields.words()) {
      fields
          .raw(word)
          .flatMap(value -> resolved(entry, value, around))
          .ifPresent(value -> words.put(word, value));
    }
    return words.buildOrThrow();
  }

  /** {@code import_role: name=x tasks_from=y}, and {@code import_tasks: x.yml}. */
  private static Node.Mapping ofLine(Node.Scalar line, String alone, ImmutableSet<String> known) {
    ImmutableList.Builder<Node.Entry> entries = ImmutableList.builder();
    boolean pairs =
        LineWords.split(line.text()).stream().anyMatch(word -> known.contains(word.key()));
    if (!pairs) {
      entries.add(new Node.Entry(new Node.Scalar(alone, alone, "", line.source()), line));
    } else {
      LineWords.split(line.text()).forEach(word -> entries.add(TaskWords.entry(line, word, alone)));
    }
    return new Node.Mapping(entries.build(), line.at());
  }

  private Optional<String> resolved(Node.Entry entry, Object value, Keywords around) {
    try {
      return Optional.of(PythonText.str(Template.resolve(value, parts.known(around))));
    } catch (EvaluationException e) {
      parts
          .problems()
          .add(
              entry.value().at(),
              "an import is read before any host has variables: " + e.getMessage(),
              "use "
                  + shortName(entry.name()).replace("import", "include")
                  + ", or give it with -e or in the play's vars");
      return Optional.empty();
    }
  }
}
