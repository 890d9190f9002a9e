package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.belay.module.ModuleSpec;
import dev.belay.problem.Nearest;
import dev.belay.problem.Problems;
import dev.belay.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads tasks, blocks and handlers. */
final class TaskReader {
  private static final String WITH = "with_";

  private final ModuleCatalog modules;
  private final Problems problems;
  private final PlayParts parts;
  private final TaskPlace place;
  private final KeywordsReader keywords;
  private final ArgumentsReader arguments;

  TaskReader(PlayParts parts, TaskPlace place) {
    this.parts = parts;
    this.place = place;
    modules = parts.modules();
    problems = parts.problems();
    keywords = new KeywordsReader(problems);
    arguments = new ArgumentsReader(problems);
  }

  /** A list of tasks and blocks. */
  ImmutableList<Statement> statements(Fields fields, String word, Keywords outer) {
    return fields.eachMapping(word, map -> statement(map, outer));
  }

  /** The tasks and blocks of a file. */
  ImmutableList<Statement> statements(Node list, Keywords outer) {
    return Fields.eachMapping(list, problems, map -> statement(map, outer));
  }

  /** The handlers of a file. */
  ImmutableList<Task> handlers(Node list, Keywords outer) {
    return Fields.eachMapping(list, problems, map -> task(map, KeywordTable.HANDLER, outer));
  }

  ImmutableList<Task> handlers(Fields fields, Keywords outer) {
    return fields.eachMapping("handlers", map -> task(map, KeywordTable.HANDLER, outer));
  }

  private Optional<? extends Statement> statement(Node.Mapping map, Keywords outer) {
    Optional<Node.Entry> imported = ImportReader.find(map);
    if (imported.isPresent()) {
      return Optional.of(new ImportReader(parts, place).read(map, imported.get(), outer));
    }
    return map.find("block").isPresent()
        ? Optional.of(block(map, outer))
        : task(map, KeywordTable.TASK, outer);
  }

  private Block block(Node.Mapping map, Keywords outer) {
    Fields fields = new Fields(map, problems);
    fields.refuseUnknown(KeywordTable.BLOCK, ImmutableSet.of());
    Keywords inner = keywords.readWithVars(fields).inside(outer);
    return new Block(
        statements(fields, "block", inner),
        statements(fields, "rescue", inner),
        statements(fields, "always", inner),
        map.at());
  }

  private Optional<Task> task(Node.Mapping map, KeywordTable table, Keywords outer) {
    Fields fields = new Fields(map, problems);
    Optional<Node.Entry> action = action(map, table);
    Optional<ModuleSpec> module = action.flatMap(entry -> modules.find(entry.name()));
    fields.refuseUnknown(
        table,
        action.map(entry -> ImmutableSet.of(entry.name())).orElseGet(() -> otherWords(map, table)));
    if (module.isEmpty()) {
      return Optional.empty();
    }
    Keywords own = keywords.readWithVars(fields);
    return Optional.of(
        new Task(
            fields.raw("name"),
            module.get(),
            arguments.read(module.get(), action.get(), fields),
            module.get().pace() == ModuleSpec.Pace.ONCE
                ? own.inside(outer).once()
                : own.inside(outer),
            loop(fields),
            fields.literal("register").map(name -> variableName(name, fields)),
            fields.rawList("notify"),
            fields.rawList("listen").stream()
                .map(Object::toString)
                .collect(ImmutableSet.toImmutableSet()),
            fields.conditions("changed_when"),
            fields.conditions("failed_when"),
            until(fields),
            inclusion(module.get(), action.get(), own, outer),
            fields.literal("source"),
            fields.literal("why"),
            map.at()));
  }

  private Optional<Inclusion> inclusion(
      ModuleSpec module, Node.Entry action, Keywords own, Keywords outer) {
    if (!module.equals(Included.TASKS) && !module.equals(Included.ROLE)) {
      return Optional.empty();
    }
    Keywords applied =
        action.value() instanceof Node.Mapping map
                && map.value("apply").orElse(map) instanceof Node.Mapping apply
                && apply != map
            ? applied(apply)
            : Keywords.none();
    ImmutableMap.Builder<String, Object> vars = ImmutableMap.builder();
    own.vars().forEach(vars::putAll);
    return Optional.of(new Inclusion(outer, applied, vars.buildKeepingLast(), place));
  }

  private Keywords applied(Node.Mapping apply) {
    Fields fields = new Fields(apply, problems);
    fields.refuseUnknown(KeywordTable.IMPORT, ImmutableSet.of());
    return keywords.readWithVars(fields);
  }

  private Optional<Until> until(Fields fields) {
    return fields
        .conditions("until")
        .map(conditions -> new Until(conditions, fields.raw("retries"), fields.raw("delay")));
  }

  /** The entry that names the module: the one that is no keyword. */
  private Optional<Node.Entry> action(Node.Mapping map, KeywordTable table) {
    List<Node.Entry> candidates =
        map.entries().stream().filter(entry -> table.isSupported(entry.name()).isEmpty()).toList();
    List<Node.Entry> known =
        candidates.stream().filter(entry -> modules.find(entry.name()).isPresent()).toList();
    if (known.size() == 1) {
      return Optional.of(known.get(0));
    }
    if (known.size() > 1) {
      String names = known.stream().map(Node.Entry::name).collect(Collectors.joining("' and '"));
      problems.add(
          known.get(1).key().at(),
          "a task uses one module, here are '" + names + "'",
          "make two tasks of it");
    } else {
      noModule(map, candidates);
    }
    return Optional.empty();
  }

  private void noModule(Node.Mapping map, List<Node.Entry> candidates) {
    if (candidates.isEmpty()) {
      problems.add(map.at(), "this task names no module");
    }
    for (Node.Entry entry : candidates) {
      ImmutableSet<String> words =
          Sets.union(modules.names(), KeywordTable.TASK.known().keySet()).immutableCopy();
      problems.add(
          entry.key().at(),
          "there is no module '" + entry.name() + "'",
          Nearest.hint(entry.name(), words, "'belay doc' lists all modules"));
    }
  }

  private static ImmutableSet<String> otherWords(Node.Mapping map, KeywordTable table) {
    return map.entries().stream()
        .map(Node.Entry::name)
        .filter(name -> table.isSupported(name).isEmpty())
        .collect(ImmutableSet.toImmutableSet());
  }

  private String variableName(String name, Fields fields) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      problems.add(
          fields.place("register"),
          "'" + name + "' is no name for a variable",
          "use letters, digits and underscores, and no digit first");
    }
    return name;
  }

  private Optional<Loop> loop(Fields fields) {
    List<String> words = fields.words().stream().filter(TaskReader::loops).toList();
    if (words.size() > 1) {
      problems.add(
          fields.place(words.get(1)),
          "a task has one loop, here are '" + String.join("' and '", words) + "'");
    }
    Optional<Node> control = fields.node("loop_control");
    if (words.isEmpty()) {
      control.ifPresent(node -> problems.add(node.at(), "'loop_control' without 'loop'"));
      return Optional.empty();
    }
    String word = words.get(0);
    Fields controls = controls(control);
    return Optional.of(
        new Loop(
            word.equals("loop") ? Optional.empty() : Optional.of(word.substring(WITH.length())),
            fields.raw(word).orElse(ImmutableList.of()),
            controls.raw("loop_var").orElse(Loop.ITEM),
            controls.raw("index_var"),
            controls.raw("label"),
            controls.raw("extended"),
            controls.raw("extended_allitems"),
            controls.raw("pause"),
            fields.place(word)));
  }

  private static boolean loops(String word) {
    return word.equals("loop") || word.startsWith(WITH);
  }

  private Fields controls(Optional<Node> node) {
    Node.Mapping none = new Node.Mapping(ImmutableList.of(), dev.belay.problem.Position.of(""));
    if (node.isPresent() && !(node.get() instanceof Node.Mapping)) {
      problems.add(node.get().at(), "'loop_control' must be a mapping");
    }
    Fields fields =
        new Fields(
            node.filter(Node.Mapping.class::isInstance).map(Node.Mapping.class::cast).orElse(none),
            problems);
    fields.refuseUnknown(KeywordTable.LOOP_CONTROL, ImmutableSet.of());
    return fields;
  }
}
