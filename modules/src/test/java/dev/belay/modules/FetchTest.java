package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.remote.SimulatedHost;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that come from a host to the control side. */
final class FetchTest {
  private static SimulatedHost machine;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    machine = SimulatedHost.startOrSkip();
  }

  @AfterAll
  static void stop() {
    if (machine != null) {
      machine.close();
    }
  }

  private LocalHost host() {
    return new LocalHost(folder, machine);
  }

  /** Files of the control side, but for the playbook. */
  private List<String> here() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(path -> folder.relativize(path).toString())
          .filter(path -> !path.equals("site.yml"))
          .sorted()
          .toList();
    }
  }

  @Test
  void a_file_goes_under_its_hosts_name_and_is_left_alone_once_it_is_there() throws Exception {
    machine.write("/srv/a.conf", "one\n");
    Outcome changed = host().converges("- fetch: {src: /srv/a.conf, dest: got}");
    assertEquals(List.of("got/localhost/srv/a.conf"), here());
    assertEquals(folder + "/got/localhost/srv/a.conf", changed.result().get("dest"));
    assertEquals(changed.result().get("checksum"), changed.result().get("remote_checksum"));
    machine.write("/srv/a.conf", "two\n");
    Path file = folder.resolve("got/localhost/srv/a.conf");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    host().converges("- fetch: {src: /srv/a.conf, dest: got}");
    assertEquals("two\n", Files.readString(file));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void bytes_of_any_kind_and_number_arrive_as_they_are() throws Exception {
    byte[] bytes = new byte[3 * 1024 * 1024 + 17];
    new Random(7).nextBytes(bytes);
    Path file = Files.write(folder.resolve("bytes"), bytes);
    Outcome changed =
        new LocalHost(folder).apply("- fetch: {src: '" + file + "', dest: got/, flat: true}");
    assertEquals(Status.CHANGED, changed.status(), changed.message());
    assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("got/bytes")));
    Files.write(file, new byte[2 * 1024 * 1024]);
    new LocalHost(folder).converges("- fetch: {src: '" + file + "', dest: got/bytes, flat: true}");
    Files.write(file, new byte[0]);
    new LocalHost(folder).converges("- fetch: {src: '" + file + "', dest: got/bytes, flat: true}");
    assertEquals(0, Files.size(folder.resolve("got/bytes")));
  }

  @Test
  void names_that_a_shell_would_read_arrive_as_names() throws Exception {
    for (String name : List.of("-n", "a b", "$(touch canary)", "中文", "it's \"q\"", "*")) {
      machine.write("/srv/odd/" + name, name);
      host()
          .converges(
              "- fetch:\n    dest: odd\n    src: '/srv/odd/" + name.replace("'", "''") + "'");
      assertEquals(name, Files.readString(folder.resolve("odd/localhost/srv/odd").resolve(name)));
    }
    assertEquals(6, here().size());
  }

  @Test
  void a_file_that_only_root_may_read_comes_as_root_and_fails_for_another() throws Exception {
    machine.write("/srv/secret", "s\n");
    machine.run("chmod 0600 /srv/secret; touch /srv/open");
    Outcome failed =
        host()
            .apply("- fetch: {src: /srv/secret, dest: got}\n  become: true\n  become_user: nobody");
    assertEquals(Status.FAILED, failed.status());
    assertEquals("file is not readable: /srv/secret", failed.message());
    assertEquals(
        Status.OK,
        host()
            .apply(
                "- fetch: {src: /srv/secret, dest: got, fail_on_missing: false}\n  become: true\n  become_user: nobody")
            .status());
    assertEquals(List.of(), here());
  }

  @Test
  void what_is_not_there_fails_unless_that_is_allowed() throws Exception {
    Outcome failed = host().apply("- fetch: {src: /srv/none, dest: got}");
    assertEquals(Status.FAILED, failed.status());
    assertEquals("the remote file does not exist, not transferring, ignored", failed.message());
    Outcome ok = host().apply("- fetch: {src: /srv/none, dest: got, fail_on_missing: false}");
    assertEquals(Status.OK, ok.status());
    assertEquals("/srv/none", ok.result().get("file"));
    assertEquals(
        "remote file is a directory, fetch cannot work on directories",
        host().apply("- fetch: {src: /etc, dest: got}").message());
    machine.run("rm -f /srv/pipe; mkfifo /srv/pipe");
    assertEquals(
        "/srv/pipe is no file", host().apply("- fetch: {src: /srv/pipe, dest: got}").message());
  }

  @Test
  void nothing_is_written_outside_of_the_place_that_the_user_named() throws Exception {
    machine.write("/srv/a.conf", "one\n");
    Outcome failed = host().apply("- fetch: {src: /srv/../../../../../srv/a.conf, dest: got}");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("outside of got"), failed.message());
    Outcome dots = host().apply("- fetch: {src: /srv/a.conf/.., dest: got/, flat: true}");
    assertEquals(Status.FAILED, dots.status());
    assertEquals(List.of(), here());
  }

  @Test
  void a_folder_in_the_files_place_is_told_and_kept() throws Exception {
    machine.write("/srv/a.conf", "one\n");
    Files.createDirectory(folder.resolve("got"));
    Outcome failed = host().apply("- fetch: {src: /srv/a.conf, dest: got, flat: true}");
    assertTrue(failed.message().startsWith("dest is an existing directory"), failed.message());
    assertTrue(Files.isDirectory(folder.resolve("got")));
  }

  @Test
  void a_place_that_cannot_be_written_fails_and_leaves_nothing_behind() throws Exception {
    machine.write("/srv/a.conf", "one\n");
    Files.writeString(folder.resolve("got"), "a file where a folder should be");
    Outcome failed = host().apply("- fetch: {src: /srv/a.conf, dest: got}");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("cannot be written here"), failed.message());
    assertEquals(List.of("got"), here());
  }

  @Test
  void a_file_whose_size_the_kernel_does_not_tell_is_fetched_whole() throws Exception {
    Outcome changed =
        new LocalHost(folder).apply("- fetch: {src: /proc/filesystems, dest: got/, flat: true}");
    assertEquals(Status.CHANGED, changed.status(), changed.message());
    assertEquals(
        Files.readString(Path.of("/proc/filesystems")),
        Files.readString(folder.resolve("got/filesystems")));
  }

  @Test
  void a_file_that_is_another_at_each_look_needs_the_comparison_off() throws Exception {
    String uuid = "/proc/sys/kernel/random/uuid";
    LocalHost here = new LocalHost(folder);
    Outcome failed = here.apply("- fetch: {src: " + uuid + ", dest: got}");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("checksum mismatch"), failed.message());
    assertEquals(List.of(), here(), "half of it, or another, is not left behind");
    Outcome changed =
        here.apply("- fetch: {src: " + uuid + ", dest: got, validate_checksum: false}");
    assertEquals(Status.CHANGED, changed.status(), changed.message());
    assertEquals(1, here().size());
  }
}
