package dev.belay.module;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A read-only look at one thing on a host: what to ask, and how to read the answers.
 *
 * <p>It is data, so the engine can ask the probes of all upcoming tasks in one script. Its
 * questions change nothing: not a file, not a cache, not an access that a later reader would
 * notice.
 *
 * @param questions asked in this order; none where nothing on the host matters
 * @param reader makes of the answers, one for each question, what was seen; pure
 */
public record Probe<S>(ImmutableList<Question> questions, Function<List<Output>, S> reader) {

  /** Asks nothing and sees {@code seen}. */
  public static <S> Probe<S> nothing(S seen) {
    return new Probe<>(ImmutableList.of(), answers -> seen);
  }

  /** One command and how to read what it says. */
  public static <S> Probe<S> of(Sh sh, Function<Output, S> reader) {
    return new Probe<>(
        ImmutableList.of(new Question.Ask(sh)), answers -> reader.apply(answers.get(0)));
  }

  /** The text of a file. */
  public static Probe<FileText> text(String path) {
    return new Probe<>(
        ImmutableList.of(new Question.Text(path)), answers -> FileText.of(answers.get(0)));
  }

  /** The same questions, read further. */
  public <T> Probe<T> map(Function<S, T> further) {
    return new Probe<>(questions, reader.andThen(further));
  }

  /** Both probes as one. */
  public <T, U> Probe<U> and(Probe<T> other, BiFunction<S, T, U> both) {
    int mine = questions.size();
    return new Probe<>(
        ImmutableList.<Question>builder().addAll(questions).addAll(other.questions).build(),
        answers ->
            both.apply(
                reader.apply(answers.subList(0, mine)),
                other.reader.apply(answers.subList(mine, answers.size()))));
  }

  /** All of the probes as one. */
  public static <S> Probe<ImmutableList<S>> all(List<Probe<S>> probes) {
    Probe<ImmutableList<S>> all = nothing(ImmutableList.of());
    for (Probe<S> probe : probes) {
      all = all.and(probe, (seen, one) -> ImmutableList.<S>builder().addAll(seen).add(one).build());
    }
    return all;
  }

  /** What the answers show. */
  public S read(List<Output> answers) {
    checkState(
        answers.size() == questions.size(),
        "%s questions, %s answers",
        questions.size(),
        answers.size());
    return reader.apply(answers);
  }
}
