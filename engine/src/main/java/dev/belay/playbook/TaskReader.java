package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.belay.custom.UserModule;
import dev.belay.module.ModuleSpec;
import dev.belay.problem.Nearest;
import dev.belay.problem.Problem;
import dev.belay.problem.Problems;
import dev.belay.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads tasks, blocks and handlers. */
final class TaskReader {
  private final Problems problems;
  private final PlayParts parts;
  private final TaskPlace place;
  private final KeywordTable table;

  TaskReader(PlayParts parts, TaskPlace place) {
    this(parts, place, KeywordTable.TASK);
  }

  /** {@code table} says whether they are tasks or handlers. */
  TaskReader(PlayParts parts, TaskPlace place, KeywordTable table) {
    this.table = table;
    this.parts = parts;
    this.place = place;
    problems = parts.problems();
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
    return HandlerReader.tasks(handlers().statements(list, outer), problems);
  }

  ImmutableList<Task> handlers(Fields fields, Keywords outer) {
    return HandlerReader.tasks(handlers().statements(fields, "handlers", outer), problems);
  }

  private TaskReader handlers() {
    return new TaskReader(parts, place.ofHandlers(), KeywordTable.HANDLER);
  }

  private KeywordsReader keywords(Keywords around) {
    return new KeywordsReader(parts, around);
  }

  private Optional<? extends Statement> statement(Node.Mapping written, Keywords outer) {
    Node.Mapping map = new TaskWords(problems).usual(written, parts.reading());
    Optional<Node.Entry> imported = ImportReader.find(map);
    if (imported.isPresent()) {
      return Optional.of(new ImportReader(parts, place, table).read(map, imported.get(), outer));
    }
    Optional<Node.Entry> named =
        map.entries().stream().filter(entry -> entry.name().contains("{{")).findFirst();
    if (named.isPresent()) {
      return Optional.of(namedLater(map, named.get(), outer));
    }
    return map.find("block").isPresent() ? Optional.of(block(map, outer)) : task(map, outer);
  }

  /** What the module is shows on each host: only then is the task read whole. */
  private Task namedLater(Node.Mapping map, Node.Entry action, Keywords outer) {
    Fields fields = new Fields(map, problems);
    fields.refuseUnknown(table, ImmutableSet.of(action.name()));
    if (table == KeywordTable.HANDLER) {
      problems.add(
          action.key().at(),
          "no variable can name the module of a handler",
          "notify several handlers, each with its 'when'");
    }
    Inclusion itself =
        new Inclusion(
            outer,
            Keywords.none(),
            ImmutableMap.of(),
            ImmutableList.of(),
            place,
            parts.modules(),
            Optional.of(map));
    return new Task(
        new TaskName(place.role(), fields.raw("name"), action.name()),
        NamedLater.SPEC,
        NamedLater.arguments(action, problems),
        keywords(outer).readWithVars(fields).inside(outer),
        Optional.empty(),
        Optional.empty(),
        fields.rawList("notify"),
        listened(fields),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(itself),
        Optional.empty(),
        Optional.empty(),
        map.at());
  }

  private static ImmutableSet<String> listened(Fields fields) {
    return fields.rawList("listen").stream()
        .map(Object::toString)
        .collect(ImmutableSet.toImmutableSet());
  }

  private Block block(Node.Mapping map, Keywords outer) {
    Fields fields = new Fields(map, problems);
    fields.refuseUnknown(KeywordTable.BLOCK, ImmutableSet.of());
    Keywords inner = keywords(outer).readWithVars(fields).inside(outer);
    return new Block(
            body(fields, inner),
            statements(fields, "rescue", inner),
            statements(fields, "always", inner),
            map.at())
        .notifying(fields.rawList("notify"));
  }

  private ImmutableList<Statement> body(Fields fields, Keywords inner) {
    if (fields.node("rescue").isEmpty()) {
      return statements(fields, "block", inner);
    }
    parts.enterCaught();
    ImmutableList<Statement> body = statements(fields, "block", inner);
    parts.leaveCaught();
    return body;
  }

  private Optional<Task> task(Node.Mapping map, Keywords outer) {
    Fields fields = new Fields(map, problems);
    Optional<Node.Entry> action = action(map);
    Optional<ModuleSpec> module = action.flatMap(entry -> parts.modules().find(entry.name()));
    fields.refuseUnknown(
        table, action.map(entry -> ImmutableSet.of(entry.name())).orElseGet(() -> otherWords(map)));
    if (module.isEmpty()) {
      return Optional.empty();
    }
    Keywords own = keywords(outer).readWithVars(fields);
    Keywords inside = own.inside(outer);
    Keywords whole = module.get().pace() == ModuleSpec.Pace.ONCE ? inside.once() : inside;
    return Optional.of(
        new Task(
            new TaskName(place.role(), fields.raw("name"), action.get().name()),
            module.get(),
            arguments(module.get(), action.get(), fields, whole),
            whole,
            new LoopReader(problems).read(fields),
            fields.literal("register").map(name -> variableName(name, fields)),
            fields.rawList("notify"),
            listened(fields),
            fields.conditions("changed_when"),
            fields.conditions("failed_when"),
            until(fields),
            inclusion(module.get(), action.get(), own, outer),
            fields.literal("source"),
            fields.literal("why"),
            map.at()));
  }

  /** Where the playbook has an answer to a failure, wrong arguments are one. */
  private Arguments arguments(
      ModuleSpec module, Node.Entry action, Fields fields, Keywords keywords) {
    boolean ignored =
        keywords.said(Keyword.IGNORE_ERRORS).filter(said -> !said.equals(false)).isPresent();
    if (!ignored && !parts.isCaught()) {
      return new ArgumentsReader(problems).read(module, action, fields, keywords);
    }
    Problems told = Problems.warning(odd -> problems.warn(odd.at(), odd.what(), odd.remedy()));
    return new ArgumentsReader(told)
        .read(module, action, fields, keywords)
        .refused(
            told.sorted().stream().map(Problem::what).collect(ImmutableList.toImmutableList()));
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
            ? applied(apply, outer)
            : Keywords.none();
    ImmutableMap.Builder<String, Object> vars = ImmutableMap.builder();
    own.vars().forEach(vars::putAll);
    return Optional.of(
        new Inclusion(
            outer,
            applied,
            vars.buildKeepingLast(),
            notified(action),
            place,
            parts.modules(),
            Optional.empty()));
  }

  private ImmutableList<Object> notified(Node.Entry action) {
    return action.value() instanceof Node.Mapping map
            && map.value("apply").orElse(map) instanceof Node.Mapping apply
        ? new Fields(apply, problems).rawList("notify")
        : ImmutableList.of();
  }

  private Keywords applied(Node.Mapping apply, Keywords outer) {
    Fields fields = new Fields(apply, problems);
    fields.refuseUnknown(KeywordTable.IMPORT, ImmutableSet.of());
    return keywords(outer).readWithVars(fields);
  }

  private Optional<Until> until(Fields fields) {
    return fields
        .conditions("until")
        .map(conditions -> new Until(conditions, fields.raw("retries"), fields.raw("delay")));
  }

  /** The entry that names the module: the one that is no keyword. */
  private Optional<Node.Entry> action(Node.Mapping map) {
    List<Node.Entry> candidates =
        map.entries().stream().filter(entry -> table.isSupported(entry.name()).isEmpty()).toList();
    List<Node.Entry> known =
        candidates.stream()
            .filter(entry -> parts.modules().find(entry.name()).isPresent())
            .toList();
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
      noModule(entry);
    }
  }

  private void noModule(Node.Entry entry) {
    Optional<UserModule.Refused> refusal = parts.modules().refusal(entry.name());
    if (refusal.isPresent()) {
      problems.add(entry.key().at(), refusal.get().why(), refusal.get().remedy());
    } else {
      ImmutableSet<String> words =
          Sets.union(parts.modules().names(), KeywordTable.TASK.known().keySet()).immutableCopy();
      problems.add(
          entry.key().at(),
          "there is no module '" + entry.name() + "'",
          Nearest.hint(entry.name(), words, "'belay doc' lists all modules"));
    }
  }

  private ImmutableSet<String> otherWords(Node.Mapping map) {
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
}
