package dev.belay.modules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.remote.SimulatedHost;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real pip and virtual environments, with packages of the test's own and no network. */
final class PipOnASimulatedHostTest {
  /** Nothing of this machine's settings counts. */
  private static final String OFFLINE =
      "\n  environment: {PIP_CONFIG_FILE: /dev/null, PIP_NO_INDEX: '1', PIP_FIND_LINKS: /srv/wheels, PIP_BREAK_SYSTEM_PACKAGES: ''}\n";

  @TempDir static Path folder;
  private static SimulatedHost host;
  private static LocalHost run;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    boolean tools =
        Files.exists(Path.of("/usr/bin/pip3"))
            && new ProcessBuilder("/usr/bin/python3", "-c", "import ensurepip").start().waitFor()
                == 0;
    if (!tools) {
      System.err.println("SKIPPED: tests of pip need the packages python3-pip and python3-venv");
    }
    assumeTrue(tools, "no pip3 or no venv");
    host = SimulatedHost.startOrSkip();
    run = new LocalHost(folder, host);
    Files.createDirectories(host.path("/srv/wheels"));
    wheel("belay_one", "1.0");
    wheel("belay_one", "1.2");
    wheel("belay_two", "2.0");
    host.run("/usr/bin/python3 -m venv /srv/venv");
  }

  @AfterAll
  static void stop() {
    if (host != null) {
      host.close();
    }
  }

  private static void wheel(String name, String version) throws IOException {
    Path file = host.path("/srv/wheels/" + name + "-" + version + "-py3-none-any.whl");
    String info = name + "-" + version + ".dist-info/";
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      entry(zip, name + ".py", "version = '" + version + "'\n");
      entry(
          zip,
          info + "METADATA",
          "Metadata-Version: 2.1\nName: "
              + name
              + "\nVersion: "
              + version
              + "\nProvides-Extra: two\nRequires-Dist: belay-two; extra == 'two'\n");
      entry(zip, info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      entry(
          zip,
          info + "RECORD",
          name + ".py,,\n" + info + "METADATA,,\n" + info + "WHEEL,,\n" + info + "RECORD,,\n");
    }
  }

  private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(UTF_8));
    zip.closeEntry();
  }

  private static String pip(String arguments) {
    return "- pip: {" + arguments + ", virtualenv: /srv/venv}" + OFFLINE;
  }

  private static String installed() throws IOException, InterruptedException {
    return host.run("/srv/venv/bin/python -c 'import belay_one; print(belay_one.version)'").strip();
  }

  @Test
  void names_and_versions_are_kept_as_pip_reads_them() throws Exception {
    run.converges(pip("name: 'Belay.One<1.1'"));
    assertEquals("1.0", installed());
    assertEquals(Status.OK, run.apply(pip("name: belay-one")).status());
    assertEquals(Status.WOULD_CHANGE, run.check(pip("name: ['belay_one>1.0,<2']")).status());
    assertEquals(Status.CHANGED, run.apply(pip("name: belay_one, state: latest")).status());
    assertEquals("1.2", installed());
    assertEquals(Status.OK, run.apply(pip("name: belay_one, state: latest")).status());
    run.converges(pip("name: [belay-one], state: absent"));
  }

  @Test
  void extras_are_left_to_pip_and_told_apart_by_its_list() throws Exception {
    Outcome changed = run.apply(pip("name: 'belay-one[two]==1.2'"));
    assertEquals(Status.CHANGED, changed.status(), changed.message());
    assertEquals(Status.OK, run.apply(pip("name: 'belay-one[two]==1.2'")).status());
    run.apply(pip("name: [belay-one, belay-two], state: absent"));
  }

  @Test
  void an_environment_is_made_with_what_is_to_be_in_it_and_files_are_read_on_the_host()
      throws Exception {
    host.write("/srv/requirements.txt", "# what is needed\nbelay-two==2.0\n");
    run.converges(
        "- pip: {requirements: /srv/requirements.txt, virtualenv: /srv/new, virtualenv_command: /usr/bin/python3 -m venv}"
            + OFFLINE);
    assertTrue(host.has("/srv/new/bin/activate"));
    assertEquals(
        "there is no file /srv/no.txt",
        run.apply("- pip: {requirements: /srv/no.txt, virtualenv: /srv/new}" + OFFLINE).message());
  }

  @Test
  void a_python_of_the_distribution_is_left_alone_unless_told_otherwise() throws Exception {
    host.run("for d in /usr/lib/python3.*; do [ ! -d $d ] || touch $d/EXTERNALLY-MANAGED; done");
    Outcome refused = run.apply("- pip: {name: belay-two, executable: /usr/bin/pip3}" + OFFLINE);
    assertEquals(Status.FAILED, refused.status());
    assertTrue(refused.message().contains("PEP 668"), refused.message());
    Outcome risky =
        run.check(
            "- pip: {name: belay-two, executable: /usr/bin/pip3, break_system_packages: true}"
                + OFFLINE);
    assertEquals(Status.WOULD_CHANGE, risky.status());
    assertTrue(risky.remarks().get(0).text().contains("break_system_packages"));
  }

  @Test
  void what_cannot_be_had_fails_with_what_pip_says() throws Exception {
    Outcome failed = run.apply(pip("name: belay-nothing"));
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("belay-nothing"), failed.message());
  }
}
