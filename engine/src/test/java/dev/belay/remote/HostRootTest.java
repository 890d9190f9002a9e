package dev.belay.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Content;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Local connections that work on the files of another root. */
@Timeout(60)
final class HostRootTest {
  @TempDir Path folder;

  private Connection open(HostRoot root) throws UnreachableException {
    return new Connections(
            new SshEnvironment("root", folder, Optional.empty(), ImmutableList.of()),
            Optional.of(root))
        .open(
            new HostSettings(
                HostSettings.Kind.LOCAL,
                "here",
                "here",
                22,
                Optional.empty(),
                Optional.empty(),
                ImmutableList.of(),
                ImmutableList.of(),
                Optional.empty(),
                ImmutableList.of(),
                HostSettings.HostKeys.REFUSE_UNKNOWN,
                Optional.of(folder.toString()),
                Duration.ofSeconds(10)));
  }

  @Test
  void commands_and_files_land_in_the_other_root_and_not_here() throws Exception {
    try (SimulatedHost host = SimulatedHost.startOrSkip();
        Connection inside = open(HostRoot.at(host.path("/")))) {
      assertFalse(HostRoot.at(host.path("/")).hasProcesses());
      host.showOurProcesses();
      host.write("/etc/only-there", "yes");
      Output said =
          inside
              .exchange(
                  Become.nobody(),
                  List.of(Sh.of("pwd; cat /etc/only-there; echo x > /etc/made; echo $HOME $BELAY")))
              .get(0);
      assertEquals("/\nyes/root\n", said.out(), said.err());
      assertEquals("x\n", host.read("/etc/made"));
      assertFalse(Files.exists(Path.of("/etc/made")));
      String path = inside.upload(Become.nobody(), Content.of("sent"));
      assertEquals("sent", host.read(path));
      Output root = inside.exchange(Become.sudo("root"), List.of(Sh.of("id -un"))).get(0);
      assertEquals("root\n", root.out());
      assertTrue(HostRoot.at(host.path("/")).hasProcesses());
    }
  }

  @Test
  void what_is_no_root_is_refused_with_the_reason() {
    String none = refusal(folder.resolve("none"));
    assertTrue(none.endsWith("/none' is no folder"), none);
    String empty = refusal(folder);
    assertTrue(empty.startsWith("no shell starts in '" + folder + "': "), empty);
    assertTrue(empty.contains("/bin/sh") || empty.contains("not permitted"), empty);
    assertFalse(new HostRoot(folder).hasProcesses());
  }

  @Test
  void who_may_not_change_the_root_is_told_so() throws Exception {
    boolean can = "root".equals(System.getProperty("user.name")) && Files.exists(SETPRIV);
    if (!can) {
      System.err.println("SKIPPED: giving up a right needs root and setpriv");
    }
    assumeTrue(can);
    Process without =
        new ProcessBuilder(
                SETPRIV.toString(),
                "--bounding-set=-sys_chroot",
                "--inh-caps=-sys_chroot",
                "chroot",
                "/",
                "/bin/sh",
                "-c",
                "exit 0")
            .redirectErrorStream(true)
            .start();
    String said = new String(without.getInputStream().readAllBytes());
    assertTrue(without.waitFor() != 0 && said.contains("not permitted"), said);
  }

  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  private static String refusal(Path folder) {
    return assertThrows(IllegalArgumentException.class, () -> HostRoot.at(folder)).getMessage();
  }
}
