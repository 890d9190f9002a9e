package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Question;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Makes commands of questions and answers of outputs: every other question is for a file's text.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BatchBenchmark {
  private static final String MARK = "belay-0123456789abcdef";

  @Param({"2", "26", "256"})
  int questions;

  private ImmutableList<Question> asked;
  private ImmutableList<Output> outputs;

  @Setup
  public void ask() {
    asked =
        IntStream.range(0, questions)
            .mapToObj(BatchBenchmark::question)
            .collect(ImmutableList.toImmutableList());
    outputs =
        Batch.of(asked, command -> command, MARK).commands().stream()
            .map(command -> Output.ok("60\n" + MARK + "0\n1\n" + MARK + "0\n"))
            .collect(ImmutableList.toImmutableList());
  }

  private static Question question(int i) {
    return i % 4 < 2
        ? new Question.Text("/proc/sys/vm/knob" + i)
        : new Question.Ask(Sh.of("stat -c %a -- {}", "/etc/file" + i));
  }

  @Benchmark
  public ImmutableList<Sh> commands() {
    return Batch.of(asked, command -> command, MARK).commands();
  }

  @Benchmark
  public ImmutableList<Output> answers() {
    return Batch.of(asked, command -> command, MARK).answers(outputs);
  }
}
