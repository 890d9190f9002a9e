package dev.belay.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Input that asks for much: what asks for too much is refused with a sentence, and whatever is read
 * needs no more than a hundred megabytes beyond what the program has anyway. They run in a process
 * of their own, so that one that slips through fails the test, and not the machine.
 */
final class BombsTest {
  /**
   * Memory for the program, some fifteen megabytes, and one bomb at a time. Little of it for what
   * is new, so that a large text finds room in the rest; and the stack of a small thread.
   */
  private static final ImmutableList<String> SMALL =
      ImmutableList.of("-XX:+UseSerialGC", "-Xmx120m", "-Xmn10m", "-Xss512k");

  /** Far beyond what all of them take, for machines that do much else. */
  private static final long LIMIT_SECONDS = 600;

  @TempDir Path folder;

  @Test
  void none_fills_the_memory_or_runs_for_ever() throws Exception {
    Path said = folder.resolve("said");
    ImmutableList<String> command =
        ImmutableList.<String>builder()
            .add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
            .addAll(SMALL)
            .add("-cp", System.getProperty("java.class.path"))
            .add(BombsTest.class.getName(), folder.toString())
            .build();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(said);
    assertTrue(ended, () -> "did not end:\n" + text);
    assertEquals(0, process.exitValue(), () -> text);
    assertTrue(text.endsWith("bombs endured\n"), () -> text);
  }

  /** Sets each of them off; this runs in the process of its own. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]).resolve("bombs"));
    List<String> wrong =
        Stream.of(
                ExpressionBombs.all(),
                TemplateBombs.all(),
                DocumentBombs.all(folder),
                InventoryBombs.all(folder))
            .flatMap(bombs -> bombs)
            .map(BombsTest::timed)
            .flatMap(Optional::stream)
            .toList();
    wrong.forEach(System.out::println);
    System.out.println(wrong.isEmpty() ? "bombs endured" : wrong.size() + " slipped through");
    if (!wrong.isEmpty()) {
      Runtime.getRuntime().halt(1);
    }
  }

  private static Optional<String> timed(Bomb bomb) {
    long start = System.nanoTime();
    Optional<String> wrong = bomb.wrong();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    if (Boolean.getBoolean("belay.bombs.times") && millis > 100) {
      System.out.println(millis + " ms: " + bomb.name());
    }
    return wrong;
  }
}
