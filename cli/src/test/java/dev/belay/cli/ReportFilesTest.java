package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.template.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reports in files, and what the small commands write. */
final class ReportFilesTest {
  @TempDir Path folder;

  private String out = "";
  private String err = "";
  private String site = "";
  private String inventory = "";

  private int belay(String... args) {
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    int code =
        Main.run(
            args,
            Map.of("HOME", folder.toString()),
            new PrintStream(first, true, StandardCharsets.UTF_8),
            new PrintStream(second, true, StandardCharsets.UTF_8));
    out = first.toString(StandardCharsets.UTF_8);
    err = second.toString(StandardCharsets.UTF_8);
    return code;
  }

  @BeforeEach
  void a_fleet() throws IOException {
    inventory =
        Files.writeString(folder.resolve("inventory"), "h[1:3] ansible_connection=local\n")
            .toString();
    site =
        Files.writeString(
                folder.resolve("site.yml"),
                "- hosts: all\n  gather_facts: false\n  tasks:\n    - copy: {content: x, dest: '"
                    + folder.resolve("made")
                    + "'}\n")
            .toString();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static boolean isWhole(String xml) {
    return xml.startsWith("<?xml ") && xml.strip().endsWith("</testsuites>");
  }

  @Test
  void an_audit_a_check_and_a_run_write_junit_and_nothing_is_left_beside_it() throws IOException {
    Path file = Files.writeString(folder.resolve("old.xml"), "old\n".repeat(9000));
    assertEquals(3, belay("audit", site, "-i", inventory, "--junit", file.toString()));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(isWhole(Files.readString(file)) && Files.readString(file).contains("belay audit"));
    assertEquals(0, belay("check", site, "-i", inventory, "--junit", file.toString()));
    assertTrue(Files.readString(file).contains("failures=\"3\""));
    assertEquals(0, belay("run", site, "-i", inventory, "--junit", file.toString()));
    assertTrue(Files.readString(file).contains("[changed] "), Files.readString(file));
    assertEquals(0, belay("audit", site, "-i", inventory, "--junit", file.toString()));
    assertTrue(Files.readString(file).contains("failures=\"0\""));
    assertEquals(List.of("inventory", "made", "old.xml", "site.yml"), names());
  }

  @Test
  void a_place_that_cannot_be_written_is_known_before_any_host_is_contacted() throws IOException {
    assertEquals(1, belay("run", site, "-i", inventory, "--junit", folder + "/none/out.xml"));
    assertTrue(err.contains("cannot be written"), err);
    assertFalse(Files.exists(folder.resolve("made")));
  }

  @Test
  void a_disk_that_is_full_costs_the_file_and_not_what_is_shown_and_is_told() {
    for (String flag : List.of("--json", "--junit")) {
      assertEquals(1, belay("audit", site, "-i", inventory, flag, "/dev/full"));
      assertTrue(out.contains("DRIFT: ") && out.contains("PLAY RECAP"), out);
      assertTrue(err.contains("written"), err);
    }
  }

  @Test
  void a_shells_braces_are_no_json() {
    assertEquals(0, belay("adhoc", "h1", "-i", inventory, "-m", "shell", "-a", "{ echo hi; }"));
    assertEquals("h1 | CHANGED | rc=0 >>\nhi\n", out);
  }

  @Test
  void a_mistake_leaves_no_file() throws IOException {
    assertEquals(
        1, belay("audit", site, "-i", inventory, "-t", "none", "--junit", folder + "/out.xml"));
    assertEquals(List.of("inventory", "site.yml"), names());
  }

  @Test
  void a_link_stays_a_link() throws IOException {
    Path file = Files.writeString(folder.resolve("real.xml"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.xml"), file);
    belay("audit", site, "-i", inventory, "--junit", link.toString());
    assertTrue(Files.isSymbolicLink(link) && isWhole(Files.readString(file)));
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_pipe_is_written_to_and_stays() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();
    belay("audit", site, "-i", inventory, "--junit", pipe.toString());
    assertTrue(isWhole(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
    assertTrue(Files.exists(pipe) && !Files.isRegularFile(pipe), "the pipe was replaced");
  }

  @Test
  void facts_are_one_document_by_host() {
    assertEquals(0, belay("facts", "all[0:1]", "-i", inventory));
    Map<?, ?> facts = (Map<?, ?>) Json.read(out);
    assertEquals(List.of("h1", "h2"), List.copyOf(facts.keySet()));
    assertEquals("Linux", ((Map<?, ?>) facts.get("h1")).get("ansible_system"));
  }

  @Test
  void facts_become_files_of_their_hosts() throws IOException {
    Path tree = folder.resolve("tree");
    assertEquals(0, belay("facts", "-i", inventory, "--tree", tree.toString()));
    assertEquals("", out);
    Path file = tree.resolve("h3.json");
    assertEquals(
        "Linux", ((Map<?, ?>) Json.read(Files.readString(file).strip())).get("ansible_system"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void facts_of_hosts_that_are_gone_are_missing_and_the_others_are_there() {
    String gone = "gone,localhost,";
    assertEquals(4, belay("facts", "-i", gone, "-e", "{ansible_host: 127.0.0.1, ansible_port: 1}"));
    assertEquals(List.of("localhost"), List.copyOf(((Map<?, ?>) Json.read(out)).keySet()));
    assertTrue(err.startsWith("gone: unreachable: "), err);
  }

  @Test
  void one_task_writes_the_same_files_as_a_playbook() throws IOException {
    Path json = folder.resolve("out.json");
    assertEquals(
        0,
        belay(
            "adhoc",
            "h1",
            "-i",
            inventory,
            "-m",
            "ping",
            "--json",
            json.toString(),
            "--junit",
            folder + "/out.xml"));
    assertTrue(Files.readString(json).contains("\"event\":\"recap\""));
    assertTrue(isWhole(Files.readString(folder.resolve("out.xml"))));
  }

  @Test
  void colours_are_as_asked_for() {
    belay("audit", site, "-i", inventory, "--color");
    assertTrue(out.contains("\u001b[0;33m"), out);
    belay("audit", site, "-i", inventory, "--no-color");
    assertFalse(out.contains("\u001b"), out);
  }

  @Test
  void every_command_has_a_help_text() {
    for (String command : List.of("audit", "adhoc", "facts", "ping", "run", "check", "list")) {
      assertEquals(0, belay(command, "--help"));
      assertTrue(out.startsWith("Usage: belay " + command), out);
    }
  }
}
