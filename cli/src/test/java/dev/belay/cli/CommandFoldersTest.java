package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program as its users call it: folders that hold a command line and its files, and what comes
 * of it. {@code -Dbelay.update=true} writes anew what comes.
 *
 * <p>A file {@code env} adds variables of the environment, one a line.
 *
 * <p>{@code DIR} stands for the folder that the files are copied to. Times and round trips are
 * masked.
 */
final class CommandFoldersTest {
  private static final Path COMMANDS = Path.of("src/test/resources/commands");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\\S+");

  @TempDir Path scratch;

  /** What a command wrote, and its exit code. */
  private record Came(String out, String err, String code) {}

  @TestFactory
  Stream<DynamicTest> every_folder_says_what_comes_of_its_command() throws IOException {
    List<Path> folders;
    try (Stream<Path> inside = Files.list(COMMANDS)) {
      folders = inside.sorted().toList();
    }
    assertTrue(folders.size() >= 12, "only " + folders.size() + " folders");
    return folders.stream()
        .map(folder -> dynamicTest(folder.getFileName().toString(), () -> holds(folder)));
  }

  private void holds(Path folder) throws IOException {
    Came came = come(folder);
    if (Boolean.getBoolean("belay.update")) {
      update(folder, came);
    }
    assertEquals(expected(folder), came);
  }

  private Came come(Path folder) throws IOException {
    Path copy = Files.createDirectory(scratch.resolve(folder.getFileName().toString()));
    copy(folder, copy);
    ImmutableList.Builder<String> args = ImmutableList.builder();
    Matcher words = WORD.matcher(Files.readString(folder.resolve("cmd")));
    while (words.find()) {
      String word = words.group(1) == null ? words.group() : words.group(1);
      args.add(word.replace("DIR", copy.toString()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            args.build().toArray(new String[0]),
            environment(folder, copy),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Came(masked(out, copy), masked(err, copy), code + "\n");
  }

  private Map<String, String> environment(Path folder, Path copy) throws IOException {
    Map<String, String> environment = new HashMap<>(Map.of("HOME", scratch.toString()));
    Path more = folder.resolve("env");
    for (String line : Files.exists(more) ? Files.readAllLines(more) : List.<String>of()) {
      int equals = line.indexOf('=');
      environment.put(
          line.substring(0, equals), line.substring(equals + 1).replace("DIR", copy.toString()));
    }
    return environment;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                try {
                  Path there = to.resolve(from.relativize(file).toString());
                  Files.createDirectories(there.getParent());
                  Files.copy(file, there);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private static String masked(ByteArrayOutputStream bytes, Path folder) {
    return bytes
        .toString(StandardCharsets.UTF_8)
        .replace(folder.toString(), "DIR")
        .replaceAll("in [0-9.]+ s, [0-9]+ round trips", "in T s, N round trips")
        .replaceAll("\"(ms|round_trips)\":[0-9]+", "\"$1\":0")
        .replaceAll("[0-9]+ ms", "T ms");
  }

  private static Came expected(Path folder) throws IOException {
    Path err = folder.resolve("expected.err");
    return new Came(
        Files.readString(folder.resolve("expected.out")),
        Files.exists(err) ? Files.readString(err) : "",
        Files.readString(folder.resolve("expected.code")));
  }

  private static void update(Path folder, Came came) throws IOException {
    Files.writeString(folder.resolve("expected.out"), came.out);
    Files.writeString(folder.resolve("expected.code"), came.code);
    Files.deleteIfExists(folder.resolve("expected.err"));
    if (!came.err.isEmpty()) {
      Files.writeString(folder.resolve("expected.err"), came.err);
    }
  }

  @Test
  void a_folder_that_says_something_else_is_noticed() throws IOException {
    for (Came wrong :
        List.of(
            new Came("3\n", "", "0\n"), new Came("2\n", "x", "0\n"), new Came("2\n", "", "3\n"))) {
      Path folder = planted(wrong);
      assertThrows(AssertionError.class, () -> assertEquals(expected(folder), come(folder)));
    }
    Path right = planted(new Came("2\n", "", "0\n"));
    assertEquals(expected(right), come(right));
  }

  private Path planted(Came came) throws IOException {
    Path folder =
        Files.createTempDirectory(Files.createDirectories(scratch.resolve("planted")), "");
    Files.writeString(folder.resolve("cmd"), "eval '1 + 1'\n");
    update(folder, came);
    return folder;
  }
}
