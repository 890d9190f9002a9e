package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.run.Outcome;
import dev.belay.run.Status;
import dev.belay.value.None;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The states of {@code file}, and what {@code stat}, {@code find} and {@code tempfile} do. */
final class FileStatesTest {
  @TempDir Path folder;
  private LocalHost host;

  @BeforeEach
  void aHost() {
    host = new LocalHost(folder);
  }

  private Path write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String mode(Path path) throws IOException {
    int bits = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return String.format("%04o", bits & 07777);
  }

  @Test
  void all_folders_that_are_made_get_the_mode() throws Exception {
    host.converges("- file: {path: '{{ dir }}/a/b/c', state: directory, mode: '2750'}");
    for (String each : new String[] {"a", "a/b", "a/b/c"}) {
      assertEquals("2750", mode(folder.resolve(each)));
    }
  }

  @Test
  void a_folders_setgid_bit_goes_where_the_mode_has_none() throws Exception {
    host.converges("- file: {path: '{{ dir }}/a', state: directory, mode: '2755'}");
    host.converges("- file: {path: '{{ dir }}/a', state: directory, mode: '0755'}");
    assertEquals("0755", mode(folder.resolve("a")));
    host.converges("- file: {path: '{{ dir }}/a', state: directory, mode: 'g+s,o+t'}");
    assertEquals("3755", mode(folder.resolve("a")));
  }

  @Test
  void all_inside_gets_a_symbolic_mode_each_from_its_own() throws Exception {
    write("t/x", "x").toFile().setExecutable(true, false);
    write("t/sub/y", "y");
    host.converges(
        "- file: {path: '{{ dir }}/t', state: directory, recurse: true, mode: 'u=rwX,g=rX,o='}");
    assertEquals("0750", mode(folder.resolve("t/x")));
    assertEquals("0640", mode(folder.resolve("t/sub/y")));
    assertEquals("0750", mode(folder.resolve("t/sub")));
  }

  @Test
  void links_inside_are_followed_unless_the_task_says_no() throws Exception {
    Path outside = write("outside", "x");
    Files.createDirectories(folder.resolve("t"));
    Files.createSymbolicLink(folder.resolve("t/l"), Path.of("../outside"));
    String before = mode(outside);
    assertEquals(
        Status.CHANGED,
        host.apply(
                "- file: {path: '{{ dir }}/t', state: directory, recurse: true, mode: '0700', follow: false}")
            .status());
    assertEquals(before, mode(outside));
    host.converges("- file: {path: '{{ dir }}/t', state: directory, recurse: true, mode: '0700'}");
    assertEquals("0700", mode(outside));
  }

  @Test
  void touch_changes_each_time_unless_its_times_are_kept_or_given() throws Exception {
    String now = "- file: {path: '{{ dir }}/f', state: touch, mode: '0600'}";
    assertEquals(Status.CHANGED, host.apply(now).status());
    Outcome again = host.apply(now);
    assertEquals(Status.CHANGED, again.status());
    assertEquals("0600", again.result().get("mode"));
    assertEquals(
        Status.OK,
        host.apply(
                "- file: {path: '{{ dir }}/f', state: touch, modification_time: preserve, access_time: preserve}")
            .status());
    host.converges(
        "- file: {path: '{{ dir }}/f', state: touch, modification_time: '202001020304.05', access_time: preserve}");
    host.converges(
        "- file: {path: '{{ dir }}/f', state: file, modification_time: '2020-01-02', modification_time_format: '%Y-%m-%d'}");
    assertEquals(
        Status.FAILED,
        host.apply("- file: {path: '{{ dir }}/f', state: touch, access_time: tomorrow}").status());
  }

  @Test
  void hard_links_are_made_and_replace_only_by_force() throws Exception {
    write("a", "a");
    write("b", "b");
    host.converges("- file: {path: '{{ dir }}/c', src: '{{ dir }}/a', state: hard}");
    assertEquals("a", Files.readString(folder.resolve("c")));
    String over = "- file: {path: '{{ dir }}/b', src: '{{ dir }}/a', state: hard}";
    assertEquals(Status.FAILED, host.apply(over).status());
    assertEquals("b", Files.readString(folder.resolve("b")));
    host.converges(over.replace("state: hard", "state: hard, force: true"));
    assertEquals("a", Files.readString(folder.resolve("b")));
    // As 'ln' takes it: from where it runs, not from the folder of the link.
    String relative = "- file: {path: '{{ dir }}/sub/d', src: no-such-name-here, state: hard}";
    write("sub/no-such-name-here", "x");
    assertEquals(Status.FAILED, host.check(relative).status());
    assertEquals(Status.FAILED, host.apply(relative).status());
  }

  @Test
  void a_link_that_leads_nowhere_needs_force() throws Exception {
    String task = "- file: {path: '{{ dir }}/l', src: nowhere, state: link}";
    assertEquals(Status.FAILED, host.apply(task).status());
    host.converges(task.replace("state: link", "state: link, force: true"));
    assertEquals(Path.of("nowhere"), Files.readSymbolicLink(folder.resolve("l")));
  }

  @Test
  void absent_takes_a_link_away_and_not_what_it_leads_to_even_with_a_slash_behind()
      throws Exception {
    write("real/x", "x");
    Files.createSymbolicLink(folder.resolve("l"), Path.of("real"));
    host.converges("- file: {path: '{{ dir }}/l/', state: absent}");
    assertTrue(Files.exists(folder.resolve("real/x")));
    assertFalse(Files.exists(folder.resolve("l"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void a_slash_behind_a_file_means_a_folder_that_is_not_there() throws Exception {
    Path file = write("f", "x");
    String task = "- file: {path: '{{ dir }}/f/', state: absent}";
    assertEquals(Status.OK, host.check(task).status());
    assertEquals(Status.OK, host.apply(task).status());
    for (String state : new String[] {"touch", "directory", "file"}) {
      Outcome refused = host.apply(task.replace("absent", state));
      assertEquals(Status.FAILED, refused.status(), state);
    }
    assertEquals(
        Status.FAILED,
        host.apply("- file: {path: '{{ dir }}/f/', src: x, state: link, force: true}").status());
    assertEquals("x", Files.readString(file));
  }

  @Test
  void a_link_that_is_kept_as_it_is_tells_no_source() throws Exception {
    Files.createSymbolicLink(folder.resolve("l"), Path.of("x"));
    Outcome kept = host.apply("- file: {path: '{{ dir }}/l', state: link, follow: false}");
    assertEquals(Status.OK, kept.status());
    assertEquals(None.NONE, kept.result().get("src"));
  }

  @Test
  void a_check_knows_that_no_folder_can_be_made_behind_a_link_to_itself() throws Exception {
    Files.createSymbolicLink(folder.resolve("l"), Path.of("l"));
    String task = "- file: {path: '{{ dir }}/l', state: directory}";
    assertEquals(Status.FAILED, host.check(task).status());
    assertEquals(Status.FAILED, host.apply(task).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path: /usr/bin/../bin/python3, state: absent",
        "path: /usr/bin/python3/, state: absent",
        "path: //bin/sh, state: absent",
        "path: /usr/bin, state: absent",
        "path: /usr/./lib/, state: absent",
        "path: /, state: absent",
        "path: /bin/sh, src: /bin/dash, state: hard, force: true",
        "path: /usr/bin/env, src: /opt/env, state: link, force: true",
        "path: '{{ dir }}/up/bin/sh', state: absent",
        "path: '{{ dir }}/up/bin', src: /opt, state: link, force: true",
        "path: /etc, state: directory, recurse: true, mode: '0777'",
        "path: '{{ dir }}/up', state: directory, recurse: true, mode: '0777'"
      })
  void what_the_host_stands_on_stays_however_it_is_spelt(String arguments) throws Exception {
    Files.createSymbolicLink(folder.resolve("up"), Path.of("/usr"));
    Outcome refused = host.check("- file: {" + arguments + "}");
    assertEquals(Status.FAILED, refused.status(), refused.toString());
    assertTrue(refused.message().contains("force_system_path"), refused.message());
  }

  @Test
  void a_link_into_the_system_may_be_taken_away() throws Exception {
    Files.createSymbolicLink(folder.resolve("python3"), Path.of("/usr/bin/python3"));
    host.converges("- file: {path: '{{ dir }}/python3', state: absent}");
  }

  @Test
  void stat_tells_what_ansible_tells() throws Exception {
    Files.createSymbolicLink(folder.resolve("l"), write("f", "abc"));
    Map<?, ?> stat = (Map<?, ?>) host.check("- stat: {path: '{{ dir }}/f'}").result().get("stat");
    assertEquals("a9993e364706816aba3e25717850c26c9cd0d89d", stat.get("checksum"));
    assertEquals(3L, stat.get("size"));
    assertEquals(true, stat.get("isreg"));
    assertEquals(false, stat.get("isfifo"));
    assertEquals(true, stat.get("readable"));
    assertTrue(stat.containsKey("mimetype") && stat.containsKey("attr_flags"));
    Map<?, ?> link = (Map<?, ?>) host.check("- stat: {path: '{{ dir }}/l'}").result().get("stat");
    assertEquals(folder.resolve("f").toRealPath().toString(), link.get("lnk_source"));
  }

  @Test
  void stat_does_not_take_a_file_in_the_way_for_absence() throws Exception {
    write("f", "x");
    assertEquals(Status.FAILED, host.check("- stat: {path: '{{ dir }}/f/x'}").status());
  }

  @Test
  void find_filters_by_name_depth_contents_and_size() throws Exception {
    write("s/a.log", "error: x\n");
    write("s/b.log", "fine\nerror\n");
    write("s/.hidden.log", "error\n");
    write("s/sub/c.log", "error\n");
    write("s/sub/deep/d.log", "error\n".repeat(1000));
    String in = "- find: {paths: '{{ dir }}/s', patterns: '*.log', ";
    assertEquals(2L, host.check(in + "file_type: file}").result().get("matched"));
    assertEquals(4L, host.check(in + "recurse: true}").result().get("matched"));
    assertEquals(3L, host.check(in + "recurse: true, depth: 2}").result().get("matched"));
    assertEquals(5L, host.check(in + "recurse: true, hidden: true}").result().get("matched"));
    assertEquals(1L, host.check(in + "recurse: true, size: 1k}").result().get("matched"));
    assertEquals(
        2L, host.check(in + "contains: 'err[o]r', excludes: 'x*'}").result().get("matched"));
    assertEquals(1L, host.check(in + "excludes: 'a*'}").result().get("matched"));
    assertTrue(
        host.check("- find: {paths: ['{{ dir }}/none']}")
            .result()
            .get("skipped_paths")
            .toString()
            .contains("is not a directory"));
  }

  @Test
  void a_new_file_has_a_name_of_its_own_and_a_check_makes_none() throws Exception {
    String task = "- tempfile: {path: '{{ dir }}', prefix: p-, suffix: -s}";
    assertEquals(Status.WOULD_CHANGE, host.check(task).status());
    Path made = Path.of(host.apply(task).result().get("path").toString());
    assertTrue(made.getFileName().toString().matches("p-.{8}-s"), made.toString());
    assertEquals("0600", mode(made));
    Path again =
        Path.of(
            host.apply(task.replace("suffix: -s", "state: directory"))
                .result()
                .get("path")
                .toString());
    assertEquals("0700", mode(again));
  }
}
