package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Question;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Questions on their way to a host as commands, and the outputs on their way back as answers.
 * Questions for the text of a file that follow each other are fused into one command, and what
 * several tasks ask is asked once: a process on the host costs more than a byte on the wire.
 */
final class Batch {
  private final String mark;
  private final List<Sh> commands = new ArrayList<>();
  private final List<Answered> groups = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();

  /** Questions that the output of one command answers. */
  private record Answered(int command, int questions) {}

  private Batch(String mark) {
    this.mark = mark;
  }

  /**
   * The commands that ask these questions, in this order.
   *
   * @param around what is put around each command
   * @param mark separates the texts of a fused command: a word that no file on the host can hold,
   *     so one made at random
   */
  static Batch of(List<Question> questions, UnaryOperator<Sh> around, String mark) {
    Batch batch = new Batch(mark);
    for (int i = 0; i < questions.size(); ) {
      int texts = textsFrom(questions, i);
      batch.add(
          texts > 1 ? batch.fused(questions.subList(i, i + texts)) : questions.get(i).sh(),
          Math.max(texts, 1),
          around);
      i += Math.max(texts, 1);
    }
    return batch;
  }

  private void add(Sh command, int questions, UnaryOperator<Sh> around) {
    Sh whole = around.apply(command);
    int place =
        places.computeIfAbsent(
            whole.text(),
            text -> {
              commands.add(whole);
              return commands.size() - 1;
            });
    groups.add(new Answered(place, questions));
  }

  private static int textsFrom(List<Question> questions, int from) {
    int to = from;
    while (to < questions.size() && questions.get(to) instanceof Question.Text) {
      to++;
    }
    return to - from;
  }

  private Sh fused(List<Question> texts) {
    List<String> paths = texts.stream().map(text -> ((Question.Text) text).path()).toList();
    return Sh.of(
        "for f in {}; do if [ -e \"$f\" ]; then cat -- \"$f\"; s=$?; else s=-1; fi; printf '%s%s\\n' {} \"$s\"; done",
        paths, mark);
  }

  /** The command with the variables set, for itself and what it starts. */
  static Sh within(ImmutableMap<String, String> environment, Sh command) {
    List<Sh> lines = new ArrayList<>();
    environment.forEach((name, value) -> lines.add(Sh.of("{}={}; export {}", name, value, name)));
    lines.add(command);
    return lines.size() == 1 ? command : Sh.lines(lines);
  }

  ImmutableList<Sh> commands() {
    return ImmutableList.copyOf(commands);
  }

  /** An answer for each question, from an output for each command. */
  ImmutableList<Output> answers(List<Output> outputs) {
    ImmutableList.Builder<Output> answers = ImmutableList.builder();
    for (Answered group : groups) {
      Output output = outputs.get(group.command);
      if (group.questions == 1) {
        answers.add(output);
      } else {
        answers.addAll(split(output, group.questions));
      }
    }
    return answers.build();
  }

  private List<Output> split(Output fused, int texts) {
    List<Output> answers = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < texts; i++) {
      int end = fused.out().indexOf(mark, from);
      if (end < 0) {
        answers.add(new Output(4, "", "the answer was cut off"));
        continue;
      }
      int lineEnd = fused.out().indexOf('\n', end);
      String status = fused.out().substring(end + mark.length(), lineEnd);
      answers.add(answer(fused.out().substring(from, end), status, fused.err()));
      from = lineEnd + 1;
    }
    return answers;
  }

  private static Output answer(String text, String status, String err) {
    return switch (status) {
      case "0" -> Output.ok(text);
      case "-1" -> new Output(3, "", "");
      default -> new Output(4, "", err);
    };
  }
}
