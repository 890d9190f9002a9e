package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Nearest;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.vault.Vault;
import dev.belay.yaml.Node;
import dev.belay.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Reads playbook files, and finds all that is wrong with them before any host is contacted. */
public final class PlaybookReader {
  private static final ImmutableSet<String> STRATEGIES = ImmutableSet.of("linear", "free");

  /** Playbooks that import each other: so many inside of each other are a circle. */
  private static final int IMPORT_LIMIT = 50;

  private final ModuleCatalog modules;
  private final Problems problems;
  private final ImmutableList<Path> rolesPath;
  private final Vault vault;
  private final Deque<Path> importing = new ArrayDeque<>();

  public PlaybookReader(ModuleCatalog modules, Problems problems) {
    this(modules, problems, ImmutableList.of(), Vault.locked());
  }

  /**
   * A reader that looks for roles in more folders than those beside the playbook, and may open what
   * is encrypted.
   */
  public PlaybookReader(
      ModuleCatalog modules, Problems problems, ImmutableList<Path> rolesPath, Vault vault) {
    this.vault = vault;
    this.modules = modules;
    this.problems = problems;
    this.rolesPath = rolesPath;
  }

  /** What can be read of it; the rest is in the problems. */
  public Playbook read(Path file) {
    return new Playbook(file.toString(), plays(file, Keywords.none()));
  }

  /** A playbook that stands in no file; its relative paths start at that file's folder. */
  public Playbook read(Path file, Node plays) {
    return new Playbook(file.toString(), plays(file, plays, Keywords.none()));
  }

  private ImmutableList<Play> plays(Path file, Keywords outer) {
    Optional<Node> document = Yaml.read(file, vault, problems);
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
    Keywords keywords = new KeywordsReader(problems).readWithVars(fields).inside(outer);
    String name = fields.literal(entry.name()).orElse("");
    Path imported = file.toAbsolutePath().resolveSibling(name).normalize();
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
    Keywords keywords = new KeywordsReader(problems).read(fields).inside(outer);
    Path folder =
        Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
    PlayParts parts = new PlayParts(modules, problems, folder, rolesPath, vault);
    TaskReader tasks = new TaskReader(parts, TaskPlace.of(folder));
    ImmutableList<Statement> before = tasks.statements(fields, "pre_tasks", keywords);
    ImmutableList<Statement> body =
        joined(
            new RoleReader(parts).roles(fields, "roles", keywords),
            tasks.statements(fields, "tasks", keywords));
    ImmutableList<Statement> behind = tasks.statements(fields, "post_tasks", keywords);
    return new Play(
        fields.raw("name"),
        hosts(fields, map),
        fields.map("vars"),
        parts.vars(),
        parts.defaults(),
        fields.rawList("vars_files"),
        fields.eachMapping("vars_prompt", prompt -> VarsPrompt.read(prompt, problems)),
        keywords,
        fields.raw("connection"),
        fields.raw("remote_user"),
        fields.raw("port"),
        fields.raw("gather_facts"),
        strategy(fields),
        ImmutableList.of(before, body, behind),
        joined(parts.handlers(), tasks.handlers(fields, keywords)),
        folder,
        map.at());
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

  private Play.Strategy strategy(Fields fields) {
    String word = fields.literal("strategy").orElse("linear");
    if (!STRATEGIES.contains(word)) {
      problems.add(
          fields.place("strategy"),
          "there is no strategy '" + word + "'",
          Nearest.hint(word, STRATEGIES, "use linear or free"));
    }
    return word.equals("free") ? Play.Strategy.FREE : Play.Strategy.LINEAR;
  }
}
