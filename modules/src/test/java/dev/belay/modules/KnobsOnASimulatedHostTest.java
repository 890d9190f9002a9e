package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belay.remote.SimulatedHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kernel settings, on a host whose knobs are files. */
final class KnobsOnASimulatedHostTest {
  @TempDir Path folder;

  @Test
  void swappiness_is_set_live_and_for_the_next_boot() throws Exception {
    try (SimulatedHost host = SimulatedHost.startOrSkip()) {
      new LocalHost(folder, host).converges("- sysctl: {name: vm.swappiness, value: 1}");
      assertEquals("1\n", host.read("/proc/sys/vm/swappiness"));
      assertEquals(
          "# Managed by belay.\nvm.swappiness = 1\n",
          host.read("/etc/sysctl.d/90-belay-vm.swappiness.conf"));
    }
  }
}
