package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.template.EvaluationException;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import dev.belay.yaml.Node;
import dev.belay.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads playbook files, and finds all that is wrong with them before any host is contacted. */
public final class PlaybookReader {
  /** Playbooks that import each other: so many inside of each other are a circle. */
  private static final int IMPORT_LIMIT = 50;

  private final Sources sources;
  private final Problems problems;
  private final Deque<Path> importing = new ArrayDeque<>();

  public PlaybookReader(ModuleCatalog modules, Problems problems) {
    this(Sources.of(modules), problems);
  }

  public PlaybookReader(Sources sources, Problems problems) {
    this.sources = sources;
    this.problems = problems;
  }

  /** What can be read of it; the rest is in the problems. */
  public Playbook read(Path file) {
    Path found =
        Files.exists(file)
            ? file
            : collections(folder(file)).playbook(file.toString()).orElse(file);
    return new Playbook(file.toString(), plays(found, Keywords.none()));
  }

  private CollectionsPath collections(Path folder) {
    return new CollectionsPath(folder, sources.collectionsPath());
  }

  private static Path folder(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
  }

  /** A playbook that stands in no file; its relative paths start at that file's folder. */
  public Playbook read(Path file, Node plays) {
    return new Playbook(file.toString(), plays(file, plays, Keywords.none()));
  }

  private ImmutableList<Play> plays(Path file, Keywords outer) {
    Optional<Node> document = Yaml.read(file, sources.vault(), problems);
    if (document.isEmpty() && problems.isEmpty()) {
      problems.add(
          Position.of(file.toString()),
          "there is nothing in this playbook",
          "write a list of plays: '- hosts: all'");
    }
    return document.map(node -> plays(file, node, outer)).orElse(ImmutableList.of());
  }

  private ImmutableList<Play> plays(Path file, Node node, Keywords outer) {
    if (!(node instanceof Node.Sequence list)) {
      problems.add(node.at(), "a playbook is a list of plays", "begin it with '- hosts: …'");
      return ImmutableList.of();
    }
    ImmutableList.Builder<Play> plays = ImmutableList.builder();
    for (Node item : list.items()) {
      if (item instanceof Node.Mapping map) {
        Optional<Node.Entry> imported = imported(map);
        if (imported.isPresent()) {
          plays.addAll(imported(file, map, imported.get(), outer));
        } else {
          plays.add(play(file, map, outer));
        }
      } else {
        problems.add(item.at(), "a play is a mapping", "begin it with 'hosts: …'");
      }
    }
    return plays.build();
  }

  private static Optional<Node.Entry> imported(Node.Mapping map) {
    return map.entries().stream()
        .filter(entry -> ImportReader.shortName(entry.name()).equals("import_playbook"))
        .findFirst();
  }

  /** The plays of another playbook, as if they were written here. */
  private ImmutableList<Play> imported(
      Path file, Node.Mapping map, Node.Entry entry, Keywords outer) {
    Fields fields = new Fields(map, problems);
    fields.refuseUnknown(KeywordTable.IMPORT_PLAYBOOK, ImmutableSet.of(entry.name()));
    Keywords keywords =
        new KeywordsReader(sources.modules(), problems, known(outer))
            .readWithVars(fields)
            .inside(outer);
    String name = text(fields, entry.name(), known(keywords)).orElse("");
    Path imported =
        collections(folder(file))
            .playbook(name)
            .orElse(file.toAbsolutePath().resolveSibling(name).normalize());
    if (!Files.isRegularFile(imported)) {
      problems.add(
          entry.value().at(),
          "there is no playbook '" + name + "' to import",
          "looked for it as " + imported);
      return ImmutableList.of();
    } else if (importing.size() >= IMPORT_LIMIT) {
      problems.add(entry.value().at(), "these playbooks import each other without end");
      return ImmutableList.of();
    }
    importing.addLast(imported);
    ImmutableList<Play> plays = plays(imported, keywords);
    importing.removeLast();
    return plays;
  }

  private Play play(Path file, Node.Mapping map, Keywords outer) {
    Fields fields = new Fields(map, problems);
    fields.refuseUnknown(KeywordTable.PLAY, ImmutableSet.of());
    Keywords user =
        fields
            .raw("user")
            .map(name -> Keywords.saying(Keyword.REMOTE_USER, name))
            .orElse(Keywords.none());
    PlayPlace place = place(fields, folder(file));
    ModuleCatalog here = sources.modules().beside(place.folder());
    here.problems().forEach(problems::add);
    PlayParts parts =
        new PlayParts(sources.with(here), problems, place, PlayParts.Reading.BEFORE_THE_RUN);
    Keywords keywords = new KeywordsReader(parts, outer).read(fields).inside(user).inside(outer);
    TaskReader tasks = new TaskReader(parts, TaskPlace.of(place));
    ImmutableList<Statement> before = tasks.statements(fields, "pre_tasks", keywords);
    ImmutableList<Statement> body =
        joined(
            new RoleReader(parts).roles(fields, "roles", keywords),
            tasks.statements(fields, "tasks", keywords));
    ImmutableList<Statement> behind = tasks.statements(fields, "post_tasks", keywords);
    return new Play(
        fields.raw("name"),
        hosts(fields, map),
        place.vars(),
        parts.vars(),
        parts.defaults(),
        parts.roleNames(),
        fields.rawList("vars_files"),
        fields.eachMapping("vars_prompt", prompt -> VarsPrompt.read(prompt, problems)),
        keywords,
        fields.raw("gather_facts"),
        gathering(fields),
        Rollout.read(fields),
        ImmutableList.of(before, body, behind),
        joined(parts.handlers(), tasks.handlers(fields, keywords)),
        place.folder(),
        map.at());
  }

  private static PlayPlace place(Fields fields, Path folder) {
    return new PlayPlace(
        folder,
        fields.map("vars"),
        Stream.concat(
                fields.rawList("collections").stream().map(Object::toString),
                CollectionsPath.around(folder).stream())
            .collect(ImmutableList.toImmutableList()));
  }

  private KnownVars known(Keywords around) {
    return KnownVars.of(sources.extraVars(), around, ImmutableMap.of(), ImmutableMap.of());
  }

  /** A text that is needed while files are read. */
  private Optional<String> text(Fields fields, String word, KnownVars known) {
    try {
      return fields.raw(word).map(value -> PythonText.str(Template.resolve(value, known)));
    } catch (EvaluationException e) {
      problems.add(
          fields.place(word),
          "'" + word + "' is needed before any host has variables: " + e.getMessage(),
          "give it with -e or in the play's vars");
      return Optional.empty();
    }
  }

  private static <T> ImmutableList<T> joined(ImmutableList<T> first, ImmutableList<T> then) {
    return ImmutableList.<T>builder().addAll(first).addAll(then).build();
  }

  private Object hosts(Fields fields, Node.Mapping map) {
    Optional<Object> hosts = fields.raw("hosts");
    if (hosts.isEmpty()) {
      problems.add(map.at(), "this play does not say which hosts it is for", "add 'hosts: all'");
    }
    return hosts.orElse("");
  }

  /** Keywords of the play that are arguments of the task that gathers facts. */
  private static ImmutableMap<String, Object> gathering(Fields fields) {
    ImmutableMap.Builder<String, Object> arguments = ImmutableMap.builder();
    for (String word : ImmutableList.of("gather_subset", "gather_timeout", "fact_path")) {
      fields.raw(word).ifPresent(value -> arguments.put(word, value));
    }
    return arguments.buildOrThrow();
  }
}
