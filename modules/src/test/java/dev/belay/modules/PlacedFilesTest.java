package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.run.Outcome;
import dev.belay.run.Status;
import dev.belay.value.None;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are copied or rendered to a host, on a real shell. */
final class PlacedFilesTest {
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

  private String read(String path) throws IOException {
    return Files.readString(folder.resolve(path));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void a_folder_gets_the_file_under_its_own_name() throws Exception {
    write("files/hello", "hi\n");
    Files.createDirectories(folder.resolve("there"));
    host.converges("- copy: {src: hello, dest: '{{ dir }}/there'}");
    host.converges(
        "- copy: {src: hello, dest: '{{ dir }}/new/deep/', directory_mode: '0750', mode: preserve}");
    assertEquals("hi\n", read("there/hello"));
    assertEquals("hi\n", read("new/deep/hello"));
    assertEquals("rwxr-x---", mode(folder.resolve("new")));
    Outcome refused = host.apply("- copy: {src: hello, dest: '{{ dir }}/none/hello'}");
    assertTrue(refused.message().contains("does not exist"), refused.message());
  }

  @Test
  void a_link_in_the_place_is_replaced_or_followed_as_the_task_says() throws Exception {
    write("real", "old\n");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
    host.converges("- copy: {content: \"new\\n\", dest: '{{ dir }}/link', follow: true}");
    assertTrue(Files.isSymbolicLink(folder.resolve("link")));
    assertEquals("new\n", read("real"));
    host.converges("- copy: {content: \"other\\n\", dest: '{{ dir }}/link'}");
    assertFalse(Files.isSymbolicLink(folder.resolve("link")));
    assertEquals("new\n", read("real"));
  }

  @Test
  void names_of_folders_may_have_more_than_one_line() throws Exception {
    Files.createDirectories(folder.resolve("a\nb"));
    host.converges("- copy: {content: x, dest: \"{{ dir }}/a\\nb/f\"}");
    write("g", "y");
    host.converges("- copy: {src: '{{ dir }}/g', remote_src: true, dest: \"{{ dir }}/a\\nb\"}");
    assertEquals("x", read("a\nb/f"));
    assertEquals("y", read("a\nb/g"));
  }

  @Test
  void no_backup_is_made_of_a_fifo_and_nobody_waits_for_it() throws Exception {
    Path fifo = folder.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    Outcome failed = host.apply("- copy: {content: x, dest: '{{ dir }}/fifo', backup: true}");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("no backup can be made of it"), failed.message());
    assertTrue(Files.readAttributes(fifo, "isOther").get("isOther").equals(true));
    try (var there = Files.list(folder)) {
      assertTrue(there.noneMatch(f -> f.getFileName().toString().matches("[.]belay.*|fifo.+")));
    }
  }

  @Test
  void a_folder_that_is_copied_as_a_whole_keeps_the_times_of_its_files() throws Exception {
    FileTime old = FileTime.fromMillis(1_577_880_000_000L);
    Files.setLastModifiedTime(write("from/a", "a"), old);
    host.converges("- copy: {src: '{{ dir }}/from/', dest: '{{ dir }}/to', remote_src: true}");
    assertEquals(old, Files.getLastModifiedTime(folder.resolve("to/a")));
    Files.setLastModifiedTime(write("from/b", "b"), old);
    Outcome added =
        host.converges("- copy: {src: '{{ dir }}/from/', dest: '{{ dir }}/to', remote_src: true}");
    assertFalse(old.equals(Files.getLastModifiedTime(folder.resolve("to/b"))));
    assertEquals(None.NONE, added.result().get("checksum"));
  }

  @Test
  void a_file_that_must_stay_stays_and_one_with_another_sum_never_arrives() throws Exception {
    write("f", "mine\n");
    assertEquals(
        Status.OK,
        host.apply("- copy: {content: yours, dest: '{{ dir }}/f', force: false}").status());
    Outcome refused =
        host.apply(
            "- copy: {content: yours, dest: '{{ dir }}/f', checksum: '" + "0".repeat(40) + "'}");
    assertEquals(Status.FAILED, refused.status());
    assertEquals("mine\n", read("f"));
  }

  @Test
  void a_folder_is_copied_with_all_inside_and_what_is_there_besides_stays() throws Exception {
    write("files/tree/a", "A\n");
    write("files/tree/sub/b c", "B\n");
    Files.createDirectories(folder.resolve("files/tree/empty"));
    Files.createSymbolicLink(folder.resolve("files/tree/l"), Path.of("a"));
    write("d/mine", "stays\n");
    write("d/a", "old\n");
    host.converges("- copy: {src: tree/, dest: '{{ dir }}/d', mode: '0640', local_follow: false}");
    assertEquals("A\n", read("d/a"));
    assertEquals("B\n", read("d/sub/b c"));
    assertEquals("stays\n", read("d/mine"));
    assertTrue(Files.isDirectory(folder.resolve("d/empty")));
    assertEquals(Path.of("a"), Files.readSymbolicLink(folder.resolve("d/l")));
    assertEquals("rw-r-----", mode(folder.resolve("d/sub/b c")));
    host.converges("- copy: {src: tree, dest: '{{ dir }}/e'}");
    assertEquals("A\n", read("e/tree/l"));
  }

  @Test
  void a_folder_with_a_link_to_itself_is_copied_and_ends() throws Exception {
    write("files/loop/a", "A\n");
    Files.createSymbolicLink(folder.resolve("files/loop/again"), Path.of("."));
    host.converges("- copy: {src: loop/, dest: '{{ dir }}/d'}");
    assertTrue(Files.isSymbolicLink(folder.resolve("d/again")));
  }

  @Test
  void a_file_and_a_folder_of_the_host_are_copied_there() throws Exception {
    Path a = write("s/a", "A\n");
    Files.setPosixFilePermissions(a, PosixFilePermissions.fromString("rwx------"));
    FileTime old = FileTime.fromMillis(1_500_000_000_000L);
    Files.setLastModifiedTime(a, old);
    write("s/sub/b\nc", "B\n");
    host.converges(
        "- copy: {src: '{{ dir }}/s/a', dest: '{{ dir }}/b', remote_src: true, mode: preserve}");
    assertEquals("rwx------", mode(folder.resolve("b")));
    assertEquals(old, Files.getLastModifiedTime(folder.resolve("b")));
    host.converges("- copy: {src: '{{ dir }}/s', dest: '{{ dir }}/d', remote_src: true}");
    host.converges("- copy: {src: '{{ dir }}/s/', dest: '{{ dir }}/e', remote_src: true}");
    assertEquals("B\n", read("d/s/sub/b\nc"));
    assertEquals("A\n", read("e/a"));
    assertEquals("rwx------", mode(folder.resolve("e/a")));
    assertTrue(
        host.apply("- copy: {src: '{{ dir }}/none', dest: '{{ dir }}/x', remote_src: true}")
            .message()
            .contains("not found"));
  }

  @Test
  void failed_when_judges_a_source_that_is_missing_here_too() throws Exception {
    String task = "- copy: {src: no-such-file, dest: '{{ dir }}/f'}\n  failed_when: ";
    assertEquals(Status.OK, host.apply(task + "false").status());
    assertEquals(Status.OK, host.apply(task + "1 == 2").status());
    assertEquals(Status.FAILED, host.apply(task + "true").status());
    assertFalse(Files.exists(folder.resolve("f")));
  }

  @Test
  void a_folder_is_not_copied_over_a_file_and_that_is_left_as_it_was() throws Exception {
    write("files/tree/a", "A\n");
    Path file = write("f", "x");
    String before = mode(file);
    for (String source :
        new String[] {
          "src: tree",
          "src: tree/",
          "src: '{{ dir }}/files/tree', remote_src: true",
          "src: '{{ dir }}/files/tree/', remote_src: true"
        }) {
      String task = "- copy: {" + source + ", dest: '{{ dir }}/f', mode: '0777'}";
      assertEquals(Status.FAILED, host.check(task).status(), source);
      assertEquals(Status.FAILED, host.apply(task).status(), source);
      assertEquals("x", Files.readString(file));
      assertEquals(before, mode(file));
    }
  }

  @Test
  void a_template_sees_the_hosts_variables_and_its_own() throws Exception {
    write(
        "templates/t.j2",
        "# {{ ansible_managed }}: {{ template_path }}\n{% for n in [1, 2] %}\nnpu{{ n }}\n{% endfor %}\n{% if false %}x{% endif %}\n");
    write("f", "old\n");
    Outcome changed =
        host.converges("- template: {src: t.j2, dest: '{{ dir }}/f', mode: '0600', backup: true}");
    assertEquals("# Ansible managed: t.j2\nnpu1\nnpu2\n", read("f"));
    assertEquals(
        "old\n", Files.readString(Path.of(changed.result().get("backup_file").toString())));
  }

  @Test
  void what_is_rendered_is_text_and_never_a_number_or_list() throws Exception {
    write("templates/t.j2", "{{ [1, 2] }}");
    host.converges("- template: {src: t.j2, dest: '{{ dir }}/f'}");
    assertEquals("[1, 2]", read("f"));
    write("templates/n.j2", "{{ 1 if false else '007' }}");
    host.converges("- template: {src: n.j2, dest: '{{ dir }}/n'}");
    assertEquals("007", read("n"));
  }

  @Test
  void spaces_go_as_the_task_and_the_file_say() throws Exception {
    write("templates/t.j2", "a\n  {% if true %}\n  b\n  {% endif %}\n{# c #}\nd\n");
    host.converges("- template: {src: t.j2, dest: '{{ dir }}/f', lstrip_blocks: true}");
    assertEquals("a\n  b\nd\n", read("f"));
    host.converges("- template: {src: t.j2, dest: '{{ dir }}/f', trim_blocks: false}");
    assertEquals("a\n  \n  b\n  \n\nd\n", read("f"));
    write(
        "templates/h.j2",
        "#jinja2: variable_start_string: '[%', variable_end_string: '%]'\n[% 1 + 1 %] {{ x }}\n");
    host.converges("- template: {src: h.j2, dest: '{{ dir }}/f', newline_sequence: '\\r\\n'}");
    assertEquals("2 {{ x }}\r\n", read("f"));
  }

  @Test
  void templates_use_other_templates() throws Exception {
    write("templates/inc.j2", "[{{ who }}]\n");
    write("templates/macros.j2", "{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}");
    write(
        "templates/t.j2",
        "{% set who = 'me' %}\n{% include 'inc.j2' %}{% from 'macros.j2' import twice as two %}\n{{ two('ab') }}{% import 'macros.j2' as m %}{{ m.twice(1) }}\n{% include 'none.j2' ignore missing %}\n");
    host.converges("- template: {src: t.j2, dest: '{{ dir }}/f'}");
    assertEquals("[me]abab11\n", read("f"));
  }

  @Test
  void a_mistake_in_a_template_has_its_place() throws Exception {
    write("templates/bad.j2", "one\ntwo {{ nothing }}\n");
    Outcome undefined = host.check("- template: {src: bad.j2, dest: '{{ dir }}/f'}");
    assertEquals(Status.FAILED, undefined.status());
    assertTrue(undefined.message().contains("bad.j2:2:8: "), undefined.message());
    write("templates/worse.j2", "one\n{% if %}\n");
    Outcome malformed = host.check("- template: {src: worse.j2, dest: '{{ dir }}/f'}");
    assertTrue(malformed.message().contains("worse.j2:2:"), malformed.message());
    assertFalse(Files.exists(folder.resolve("f")));
  }

  @Test
  void what_the_host_stands_on_is_not_written_over_however_it_is_spelt() throws Exception {
    Files.createSymbolicLink(folder.resolve("bin"), Path.of("/usr/bin"));
    for (String dest :
        new String[] {
          "/usr/bin/python3",
          "/bin/sh",
          "/usr/bin/../bin/sh",
          "//bin//sh",
          "/usr/bin/./env",
          "/lib64/ld-linux-x86-64.so.2",
          "/lib/x86_64-linux-gnu/libc.so.6",
          "{{ dir }}/bin/sh"
        }) {
      Outcome refused = host.check("- copy: {content: x, dest: '" + dest + "'}");
      assertEquals(Status.FAILED, refused.status(), dest);
      assertTrue(
          refused.message().contains("force_system_path")
              || refused.message().contains("does not exist"),
          dest + ": " + refused.message());
    }
  }
}
