package dev.belay.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
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

/** Reads what a host says to a batch of commands, frame by frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FramingBenchmark {
  private static final String MARK = "belay-0123456789abcdef";

  @Param({"1", "26", "1000"})
  int commands;

  /** In characters, of each command's output. */
  @Param({"3", "2000"})
  int length;

  private byte[] said;

  @Setup
  public void say() {
    String frame = "x".repeat(length - 1) + "\n\n" + MARK + " 0\n";
    said = frame.repeat(commands).getBytes(UTF_8);
  }

  @Benchmark
  public long read() throws IOException {
    FrameReader reader = new FrameReader(new ByteArrayInputStream(said), MARK);
    long read = 0;
    for (int i = 0; i < commands; i++) {
      read += reader.next().body().length;
    }
    return read;
  }
}
