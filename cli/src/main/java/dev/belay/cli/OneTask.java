package dev.belay.cli;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.playbook.Playbook;
import dev.belay.playbook.PlaybookReader;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import dev.belay.run.Run;
import dev.belay.value.None;
import dev.belay.yaml.Node;
import dev.belay.yaml.Yaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A playbook that stands on the command line: one task on some hosts.
 *
 * @param command the command, for the places of mistakes
 * @param pattern which hosts
 * @param module the task's module
 * @param arguments {@code key=value} words, what a free-form module runs, or a mapping as JSON
 * @param keywords of the task, numbers
 */
record OneTask(
    String command,
    String pattern,
    String module,
    String arguments,
    ImmutableMap<String, Long> keywords)
    implements Job.Source {

  /** Of a task that has no keywords. */
  OneTask(String command, String pattern, String module, String arguments) {
    this(command, pattern, module, arguments, ImmutableMap.of());
  }

  @Override
  public ImmutableList<Playbook> read(PlaybookReader reader, Problems problems) {
    return arguments(problems).map(given -> reader.read(Path.of(command), play(given))).stream()
        .collect(toImmutableList());
  }

  private Node play(Node given) {
    List<Node.Entry> entries = new ArrayList<>();
    entries.add(entry(module, given));
    keywords.forEach(
        (word, value) ->
            entries.add(entry(word, new Node.Scalar(value, value.toString(), "", here()))));
    Node task = map(entries.toArray(Node.Entry[]::new));
    return list(
        map(
            entry("hosts", text(pattern)),
            entry("gather_facts", new Node.Scalar(false, "false", "", here())),
            entry("tasks", list(task))));
  }

  private Optional<Node> arguments(Problems problems) {
    if (arguments.isBlank()) {
      return Optional.of(new Node.Scalar(None.NONE, "", "", here()));
    } else if (arguments.strip().matches("(?s)\\{\\s*[\"}].*")) {
      return Yaml.read("-a", arguments, problems);
    }
    SourceMap places = SourceMap.plain(arguments, new Position("-a", 1, 1));
    return Optional.of(new Node.Scalar(arguments, arguments, "", places));
  }

  /** Hosts that there are none of are a mistake here: nothing else was asked for. */
  void refuseNoHosts(Run run) {
    if (run.plays().stream().allMatch(play -> play.hosts().isEmpty()) && !run.isEmptyShard()) {
      throw new ProblemsException(at(), "no host matches '" + pattern + "'", "");
    }
  }

  private Position at() {
    return Position.of("belay " + command);
  }

  private SourceMap here() {
    return SourceMap.fixed(at());
  }

  private Node.Scalar text(String text) {
    return new Node.Scalar(text, text, "", here());
  }

  private Node.Entry entry(String name, Node value) {
    return new Node.Entry(text(name), value);
  }

  private Node.Mapping map(Node.Entry... entries) {
    return new Node.Mapping(ImmutableList.copyOf(entries), at());
  }

  private Node.Sequence list(Node... items) {
    return new Node.Sequence(Stream.of(items).collect(toImmutableList()), at());
  }
}
