package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on modules of one's own: its files are taken from it, built, and run. */
final class CustomModulesPageTest {
  private static final Path PAGE = Path.of("../docs/custom-modules.md");

  /** A name in backticks, a colon, and the block behind it. */
  private static final Pattern FILE =
      Pattern.compile("`([^`\\s]+)`:\n\n```[a-z]*\n(.*?)\n```", Pattern.DOTALL);

  private static final Pattern SAID =
      Pattern.compile("`belay ([^`]*)` says\n\n```\n(.*?)\n```", Pattern.DOTALL);

  @TempDir Path folder;
  private String page;

  @BeforeEach
  void take_the_files() throws IOException {
    page = Files.readString(PAGE);
    Matcher files = FILE.matcher(page);
    int count = 0;
    while (files.find()) {
      write(files.group(1), files.group(2) + "\n");
      count++;
    }
    assertEquals(6, count, "the page has other files than this test knows");
    for (String release : List.of("v1", "v2")) {
      Files.createDirectories(folder.resolve("srv").resolve(release));
    }
    Files.createSymbolicLink(folder.resolve("srv/current"), Path.of("v1"));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void buildTheJar() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--release",
                "17",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                folder.resolve("acme/tools/Release.java").toString(),
                folder.resolve("acme/tools/Tools.java").toString());
    assertEquals(0, compiled);
    String service = "META-INF/services/dev.belay.module.ModuleProvider";
    Files.createDirectories(classes.resolve(service).getParent());
    Files.copy(folder.resolve(service), classes.resolve(service));
    try (OutputStream out = Files.newOutputStream(folder.resolve("library/acme-tools.jar"));
        JarOutputStream jar = new JarOutputStream(out);
        Stream<Path> inside = Files.walk(classes)) {
      for (Path file : inside.filter(Files::isRegularFile).sorted().toList()) {
        jar.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, jar);
        jar.closeEntry();
      }
    }
  }

  private String belay(String command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    String[] words =
        Stream.of(command.split(" "))
            .map(word -> word.endsWith(".yml") ? folder.resolve(word).toString() : word)
            .map(word -> word.replace("DIR", folder.toString()))
            .toArray(String[]::new);
    Main.run(words, Map.of("HOME", folder.toString()), stream, stream);
    return out.toString(StandardCharsets.UTF_8).replace(folder.toString(), "DIR");
  }

  /** The commands of the page, each with what it says there; {@code words} picks one. */
  private void says(String words) {
    Matcher said = SAID.matcher(page);
    boolean found = false;
    while (said.find()) {
      if (said.group(1).startsWith(words)) {
        String came = belay(said.group(1));
        assertTrue(came.contains(said.group(2)), came);
        found = true;
      }
    }
    assertTrue(found, words);
  }

  private String link() throws IOException {
    return Files.readSymbolicLink(folder.resolve("srv/current")).toString();
  }

  @Test
  void the_program_does_what_the_page_says() throws IOException {
    says("check site.yml");
    assertEquals("v1", link());
    String run = belay("run site.yml -i localhost, -c local -e srv=DIR/srv");
    assertTrue(run.contains("changed=1"), run);
    assertEquals("v2", link());
    String again = belay("run site.yml -i localhost, -c local -e srv=DIR/srv");
    assertTrue(again.contains("ok=1    changed=0"), again);
  }

  @Test
  void the_jar_does_what_the_page_says() throws IOException {
    buildTheJar();
    String check = belay("check jar.yml -i localhost, -c local -e srv=DIR/srv");
    assertTrue(check.contains("would change: [localhost]\n  DIR/srv/current: v1 -> v2"), check);
    assertEquals("v1", link());
    says("run jar.yml");
    assertEquals("v2", link());
    String again = belay("run jar.yml -i localhost, -c local -e srv=DIR/srv");
    assertTrue(again.contains("changed=0"), again);
  }

  @Test
  void doc_shows_both() throws IOException {
    buildTheJar();
    DocCommandHere doc = new DocCommandHere(folder);
    assertTrue(doc.says().contains("release_link       Points the link"), doc.says());
    assertTrue(doc.says().contains("release            A program of yours: "), doc.says());
    assertTrue(doc.says("acme.tools.release_link").startsWith("# release_link\n"), doc.says());
    assertTrue(doc.says("release").contains("A check runs it too"), doc.says("release"));
  }

  /** {@code belay doc}, called in a folder. */
  private record DocCommandHere(Path folder) {
    String says(String... module) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
      DocCommand doc = new DocCommand(new World(Map.of(), stream, stream), folder);
      Stream.of(module).forEach(name -> doc.module = java.util.Optional.of(name));
      doc.call();
      return out.toString(StandardCharsets.UTF_8);
    }
  }
}
