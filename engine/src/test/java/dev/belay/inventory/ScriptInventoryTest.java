package dev.belay.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are inventories, on this machine. */
final class ScriptInventoryTest {
  @TempDir Path folder;

  private String told(String script, Duration limit) throws IOException {
    Path file = Files.writeString(folder.resolve("script"), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    Problems problems = new Problems();
    new ScriptInventory(file, limit, new InventoryBuilder(problems), problems).read();
    return problems.sorted().toString().replace(file.toString(), "FILE");
  }

  @Test
  void a_script_that_never_ends_is_ended_with_all_that_it_started() throws IOException {
    String pid = folder.resolve("pid").toString();
    String told = told("sleep 600 & echo $! > " + pid + "\nwait\n", Duration.ofSeconds(2));
    assertTrue(told.contains("failed at --list: it did not end within 2 s"), told);
    long child = Long.parseLong(Files.readString(Path.of(pid)).strip());
    ProcessHandle.of(child).ifPresent(left -> left.onExit().join());
  }

  @Test
  void a_failing_script_is_told_with_what_it_said() throws IOException {
    assertEquals(
        "[FILE: this inventory script failed at --list: it ended with status 3: no cloud]",
        told("echo no cloud >&2; exit 3\n", ScriptCall.LIMIT));
  }

  @Test
  void bad_json_is_told_with_its_place() throws IOException {
    assertEquals(
        "[FILE: what this inventory script printed for --list is not JSON: Expecting value at line 2,"
            + " column 7 of it]",
        told("echo '{\"a\":'; echo ' [\"x\",,]}'\n", ScriptCall.LIMIT));
  }

  @Test
  void what_is_no_inventory_is_told() throws IOException {
    String told =
        told("echo '{\"a\": {\"hosts\": \"x\", \"vars\": [1]}, \"b\": null}'\n", ScriptCall.LIMIT);
    assertTrue(told.contains("the 'hosts' of the group 'a' are no list"), told);
    assertTrue(told.contains("the 'vars' of the group 'a' are no mapping"), told);
    assertTrue(told.contains("the 'hosts' of the group 'b' are no list"), told);
  }
}
