package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import dev.belay.yaml.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code include}, as it was before there were {@code import_tasks} and {@code include_tasks}: it
 * is the first where the file's name is known when it is read, and the second in a loop, where the
 * name is a template, and in a file that is itself included. What else stands on its line defines
 * variables.
 */
record LegacyInclude(Node.Mapping task, Node.Entry include, PlayParts.Reading reading) {
  private static final String FILE = "file";

  Node.Mapping usual() {
    List<Node.Entry> file = new ArrayList<>();
    List<Node.Entry> vars = new ArrayList<>();
    if (include.value() instanceof Node.Scalar line) {
      for (LineWords.Word word : LineWords.split(line.text())) {
        Node.Entry entry = TaskWords.entry(line, word, FILE);
        (entry.name().equals(FILE) ? file : vars).add(entry);
      }
    }
    Node name = file.isEmpty() ? include.value() : file.get(0).value();
    String word = isStatic(name) ? "import_tasks" : "include_tasks";
    return rewritten(new Node.Entry(TaskWords.word(word, include), name), vars);
  }

  private boolean isStatic(Node name) {
    boolean loops =
        task.entries().stream()
            .anyMatch(entry -> entry.name().equals("loop") || entry.name().startsWith("with_"));
    return reading == PlayParts.Reading.BEFORE_THE_RUN
        && !loops
        && !(name instanceof Node.Scalar text && text.text().contains("{{"));
  }

  private Node.Mapping rewritten(Node.Entry usual, List<Node.Entry> lineVars) {
    List<Node.Entry> vars = new ArrayList<>(lineVars);
    ImmutableList.Builder<Node.Entry> entries = ImmutableList.builder();
    for (Node.Entry entry : task.entries()) {
      if (entry == include) {
        entries.add(usual);
      } else if (entry.name().equals("vars") && entry.value() instanceof Node.Mapping map) {
        vars.addAll(map.entries());
      } else {
        entries.add(entry);
      }
    }
    if (!vars.isEmpty()) {
      entries.add(
          new Node.Entry(
              TaskWords.word("vars", include),
              new Node.Mapping(ImmutableList.copyOf(vars), task.at())));
    }
    return new Node.Mapping(entries.build(), task.at());
  }
}
