package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the older forms of a task as the usual one: {@code action: copy src=a dest=b}, {@code
 * local_action}, and {@code include}, which is an import or an include.
 */
final class TaskWords {
  private static final ImmutableSet<String> ACTIONS = ImmutableSet.of("action", "local_action");
  private static final String MODULE = "module";

  private final Problems problems;

  TaskWords(Problems problems) {
    this.problems = problems;
  }

  Node.Mapping usual(Node.Mapping map, PlayParts.Reading reading) {
    Node.Mapping task = withModule(map);
    return task.entries().stream()
        .filter(entry -> ImportReader.shortName(entry.name()).equals("include"))
        .findFirst()
        .map(entry -> new LegacyInclude(task, entry, reading).usual())
        .orElse(task);
  }

  private Node.Mapping withModule(Node.Mapping map) {
    List<Node.Entry> entries = new ArrayList<>();
    for (Node.Entry entry : map.entries()) {
      if (ACTIONS.contains(entry.name()) && isAction(entry.value())) {
        entries.addAll(module(entry));
        if (entry.name().equals("local_action")) {
          entries.add(new Node.Entry(word("delegate_to", entry), word("localhost", entry)));
        }
      } else {
        entries.add(entry);
      }
    }
    return new Node.Mapping(ImmutableList.copyOf(entries), map.at());
  }

  private static boolean isAction(Node value) {
    return value instanceof Node.Mapping
        || value instanceof Node.Scalar text && text.value() instanceof String;
  }

  private ImmutableList<Node.Entry> module(Node.Entry action) {
    if (action.value() instanceof Node.Scalar line) {
      return ImmutableList.of(ofLine(line));
    }
    Node.Mapping map = (Node.Mapping) action.value();
    Optional<Node> module = map.value(MODULE);
    if (module.orElse(map) instanceof Node.Scalar line) {
      return ImmutableList.of(ofMapping(line, map));
    }
    problems.add(
        action.key().at(), "'" + action.name() + "' does not say which module", "add 'module: …'");
    return ImmutableList.of();
  }

  /** The first word is the module's name. */
  private static Node.Entry ofLine(Node.Scalar line) {
    String text = line.text();
    List<LineWords.Word> words = LineWords.split(text);
    int end = words.isEmpty() ? 0 : end(words.get(0).whole());
    int rest = end;
    while (rest < text.length() && Character.isWhitespace(text.charAt(rest))) {
      rest++;
    }
    return new Node.Entry(part(line, 0, end), part(line, rest, text.length()));
  }

  private static int end(PlacedText word) {
    return word.start() + word.text().stripTrailing().length();
  }

  private static Node.Entry ofMapping(Node.Scalar line, Node.Mapping map) {
    Node.Entry named = ofLine(line);
    ImmutableList.Builder<Node.Entry> arguments = ImmutableList.builder();
    Node.Scalar rest = (Node.Scalar) named.value();
    for (LineWords.Word word : LineWords.split(rest.text())) {
      arguments.add(entry(rest, word, "_raw_params"));
    }
    map.entries().stream().filter(entry -> !entry.name().equals(MODULE)).forEach(arguments::add);
    return new Node.Entry(named.key(), new Node.Mapping(arguments.build(), map.at()));
  }

  /** A word of a line; {@code alone} is what one without a name means. */
  static Node.Entry entry(Node.Scalar line, LineWords.Word word, String alone) {
    int start = word.whole().start();
    Node.Scalar key =
        word.key().isEmpty()
            ? new Node.Scalar(alone, alone, "", at -> line.source().at(start))
            : part(line, start, start + word.key().length());
    return new Node.Entry(key, word.valueIn(line));
  }

  /** A piece of a scalar; nothing is None, as an entry without a value is. */
  static Node.Scalar part(Node.Scalar whole, int start, int end) {
    String text = whole.text().substring(start, end);
    Object value = text.isEmpty() ? dev.belay.value.None.NONE : text;
    return new Node.Scalar(value, text, whole.tag(), at -> whole.source().at(start + at));
  }

  /** A word that stands nowhere, at the place of an entry. */
  static Node.Scalar word(String text, Node.Entry entry) {
    Position at = entry.key().at();
    return new Node.Scalar(text, text, "", offset -> at);
  }
}
