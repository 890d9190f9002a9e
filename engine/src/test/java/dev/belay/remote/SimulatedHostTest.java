package dev.belay.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tests do on a simulated host stays there. */
final class SimulatedHostTest {
  @TempDir Path folder;

  @Test
  void a_link_that_begins_at_the_root_leads_to_the_hosts_own_files() throws Exception {
    Path outside = Files.writeString(folder.resolve("mine"), "untouched");
    try (SimulatedHost host = SimulatedHost.startOrSkip()) {
      host.run("mkdir -p " + folder + "; ln -s " + outside + " /etc/leads-there");
      host.write("/etc/leads-there", "written");
      assertEquals("written", host.read("/etc/leads-there"));
    }
    assertEquals("untouched", Files.readString(outside));
    assertFalse(Files.exists(Path.of("/etc/leads-there")));
  }
}
