package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Nearest;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.yaml.Node;
import dev.belay.yaml.Yaml;
import java.nio.file.Path;
import java.util.Optional;

/** Reads playbook files, and finds all that is wrong with them before any host is contacted. */
public final class PlaybookReader {
  private static final ImmutableSet<String> STRATEGIES = ImmutableSet.of("linear", "free");

  private final ModuleCatalog modules;
  private final Problems problems;

  public PlaybookReader(ModuleCatalog modules, Problems problems) {
    this.modules = modules;
    this.problems = problems;
  }

  /** What can be read of it; the rest is in the problems. */
  public Playbook read(Path file) {
    Optional<Node> document = Yaml.read(file, problems);
    ImmutableList.Builder<Play> plays = ImmutableList.builder();
    Position at = Position.of(file.toString());
    document.ifPresent(node -> plays.addAll(plays(file, node)));
    if (document.isEmpty() && problems.isEmpty()) {
      problems.add(
          at, "there is nothing in this playbook", "write a list of plays: '- hosts: all'");
    }
    return new Playbook(file.toString(), plays.build());
  }

  /** A playbook that stands in no file; its relative paths start at that file's folder. */
  public Playbook read(Path file, Node plays) {
    return new Playbook(file.toString(), plays(file, plays));
  }

  private ImmutableList<Play> plays(Path file, Node node) {
    if (!(node instanceof Node.Sequence list)) {
      problems.add(node.at(), "a playbook is a list of plays", "begin it with '- hosts: …'");
      return ImmutableList.of();
    }
    ImmutableList.Builder<Play> plays = ImmutableList.builder();
    for (Node item : list.items()) {
      if (item instanceof Node.Mapping map) {
        plays.add(play(file, map));
      } else {
        problems.add(item.at(), "a play is a mapping", "begin it with 'hosts: …'");
      }
    }
    return plays.build();
  }

  private Play play(Path file, Node.Mapping map) {
    Fields fields = new Fields(map, problems);
    fields.refuseUnknown(KeywordTable.PLAY, ImmutableSet.of());
    Keywords keywords = new KeywordsReader(problems).read(fields);
    TaskReader tasks = new TaskReader(modules, problems);
    Path folder =
        Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
    RoleReader roles = new RoleReader(modules, folder, problems);
    roles.read(fields, "roles", keywords);
    return new Play(
        fields.raw("name"),
        hosts(fields, map),
        fields.map("vars"),
        roles.vars(),
        roles.defaults(),
        fields.rawList("vars_files"),
        keywords,
        fields.raw("connection"),
        fields.raw("remote_user"),
        fields.raw("port"),
        fields.raw("gather_facts"),
        strategy(fields),
        ImmutableList.of(
            tasks.statements(fields, "pre_tasks", keywords),
            joined(roles.tasks(), tasks.statements(fields, "tasks", keywords)),
            tasks.statements(fields, "post_tasks", keywords)),
        joined(roles.handlers(), tasks.handlers(fields, keywords)),
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
