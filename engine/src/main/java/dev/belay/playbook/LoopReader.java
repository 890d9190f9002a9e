package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Problems;
import dev.belay.yaml.Node;
import java.util.List;
import java.util.Optional;

/** Reads what a task says of its loop. */
final class LoopReader {
  private static final String WITH = "with_";

  private final Problems problems;

  LoopReader(Problems problems) {
    this.problems = problems;
  }

  Optional<Loop> read(Fields fields) {
    List<String> words = fields.words().stream().filter(LoopReader::loops).toList();
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
