package dev.belay.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Problems;
import dev.belay.yaml.NodeValues;
import dev.belay.yaml.Yaml;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * YAML that asks for much: small files that stand for very much, and the largest that there may be.
 */
final class DocumentBombs {
  private static final String WIDE = "\u4e2d";

  private static final ImmutableList<String> SMALL =
      ImmutableList.of(
          laughs(),
          merges(),
          lines(3000, i -> " ".repeat(i) + "a:\n"),
          "a: &a [*a]",
          "&a {a: *a}",
          "a: &a {<<: *a}",
          "[".repeat(20_000),
          "[\n".repeat(20_000),
          "{a: ".repeat(20_000) + "}".repeat(20_000),
          "- ".repeat(20_000) + "a",
          "? ".repeat(20_000) + "a",
          "a: " + "9".repeat(100_000) + "\nb: [",
          "a: " + "1:".repeat(100_000) + "1\nb: [",
          "!!javax.script.ScriptEngineManager [a]",
          "a: !!python/object:os.system [x]",
          "\t- a",
          "a: \u0000");

  /** Larger than any may be, or more than fits. */
  private static final ImmutableList<Supplier<String>> TOO_LARGE =
      ImmutableList.of(
          () -> "[" + lines(1_400_000, i -> Integer.toString(i, 36) + ",") + "]",
          () -> lines(500_000, i -> "k" + i + ": v" + i + "\n"),
          () -> "[" + lines(600_000, i -> "&a" + i + " b,") + "]",
          () -> "[" + "[],".repeat(2_000_000) + "]",
          () -> "[" + "!x b,".repeat(1_500_000) + "]",
          () -> "[" + "!vault b,".repeat(800_000) + "]",
          () -> "{" + "a: b,".repeat(1_500_000) + "}",
          () -> "-\n".repeat(4_000_000));

  /** As large as they may be. */
  private static final ImmutableList<Supplier<String>> LARGE =
      ImmutableList.of(
          () -> "a: " + "x".repeat(8_000_000),
          () -> "a: " + WIDE + "x".repeat(8_000_000),
          () -> "a: '" + WIDE + "x".repeat(8_000_000) + "'",
          () -> "a: \"" + WIDE + "\\n".repeat(4_000_000) + "\"",
          () -> "a: |\n" + " xxxxxx\n".repeat(1_000_000),
          () -> "a: x\n" + " x\n".repeat(2_500_000),
          () -> "\n".repeat(8_000_000) + "a: 1",
          () -> "a: &a 1\nb: [" + "*a,".repeat(2_500_000) + "]",
          () -> "[" + "\"{{ a }}\",".repeat(200_000) + "]");

  private DocumentBombs() {}

  static Stream<Bomb> all(Path folder) {
    return Stream.of(
            SMALL.stream().map(text -> Bomb.refused(text, () -> value(text))),
            Stream.of(Bomb.refused("a hundred megabytes", () -> hundredMegabytes(folder))),
            TOO_LARGE.stream().map(text -> Bomb.refused("large", () -> value(folder, text))),
            LARGE.stream().map(text -> Bomb.endured("large", () -> value(folder, text))))
        .flatMap(bombs -> bombs);
  }

  private static void hundredMegabytes(Path folder) {
    Path file = folder.resolve("hundred.yml");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("a: ".getBytes(US_ASCII));
      byte[] some = "x".repeat(1_000_000).getBytes(US_ASCII);
      for (int i = 0; i < 100; i++) {
        out.write(some);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    read(file);
  }

  static Object value(String text) {
    Problems problems = new Problems();
    Object value =
        Yaml.read("bomb", text, problems)
            .map(node -> NodeValues.of(node, problems))
            .orElse("nothing");
    problems.throwIfAny();
    return value;
  }

  /** By way of a file, so that nothing but the reader holds the text. */
  private static void value(Path folder, Supplier<String> text) {
    Path file = folder.resolve("bomb.yml");
    try {
      Files.writeString(file, text.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    read(file);
  }

  private static void read(Path file) {
    Problems problems = new Problems();
    Yaml.read(file, problems);
    problems.throwIfAny();
  }

  private static String lines(int count, Function<Integer, String> line) {
    return IntStream.range(0, count).boxed().map(line).collect(Collectors.joining());
  }

  private static String laughs() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    return laughs.toString();
  }

  private static String merges() {
    StringBuilder merges = new StringBuilder("a0: &a0 {x: 1}\n");
    for (int i = 1; i < 400; i++) {
      merges.append("a%d: &a%d\n  <<: *a%d\n  k%d: *a%d\n".formatted(i, i, i - 1, i, i - 1));
    }
    return merges.toString();
  }
}
