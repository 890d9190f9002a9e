package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.module.Remark;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules that edit a file, on a real shell. */
final class EditedFilesTest {
  @TempDir Path folder;
  private LocalHost host;
  private Path conf;

  @BeforeEach
  void aHost() {
    host = new LocalHost(folder);
    conf = folder.resolve("conf");
  }

  private void converges(String before, String task, String after)
      throws IOException, InterruptedException {
    Files.writeString(conf, before);
    host.converges(task);
    assertEquals(after, Files.readString(conf));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("site.yml"))
          .sorted()
          .toList();
    }
  }

  @Test
  void a_line_end_of_windows_is_part_of_the_line() throws Exception {
    converges(
        "A=1\r\nB=2\r\n",
        "- lineinfile: {path: '{{ dir }}/conf', regexp: '^A=', line: A=9}",
        "A=9\nB=2\r\n");
  }

  @Test
  void a_line_behind_a_last_one_without_an_end_gets_one_of_its_own() throws Exception {
    converges(
        "top\nend",
        "- lineinfile: {path: '{{ dir }}/conf', line: new, insertafter: '^end'}",
        "top\nend\nnew\n");
  }

  @Test
  void the_first_line_that_fits_is_meant_where_the_task_says_so() throws Exception {
    converges(
        "a=1\na=2\n",
        "- lineinfile: {path: '{{ dir }}/conf', regexp: '^a=', line: a=0, firstmatch: true}",
        "a=0\na=2\n");
    converges(
        "x\nx\n",
        "- lineinfile: {path: '{{ dir }}/conf', line: new, insertbefore: '^x', firstmatch: true}",
        "new\nx\nx\n");
  }

  @Test
  void bytes_that_are_no_utf8_stay() throws Exception {
    byte[] before = {'a', (byte) 0xe9, '\n', 'b', '\n'};
    Files.write(conf, before);
    host.converges("- lineinfile: {path: '{{ dir }}/conf', regexp: '^b', line: 中}");
    byte[] chinese = "中".getBytes(StandardCharsets.UTF_8);
    assertArrayEquals(
        new byte[] {'a', (byte) 0xe9, '\n', chinese[0], chinese[1], chinese[2], '\n'},
        Files.readAllBytes(conf));
    host.converges("- replace: {path: '{{ dir }}/conf', regexp: 中, replace: c}");
    assertArrayEquals(new byte[] {'a', (byte) 0xe9, '\n', 'c', '\n'}, Files.readAllBytes(conf));
  }

  @Test
  void replace_begins_each_line_even_the_one_behind_the_last() throws Exception {
    Files.writeString(conf, "a\nb\n");
    Outcome outcome = host.apply("- replace: {path: '{{ dir }}/conf', regexp: '^', replace: '# '}");
    assertEquals("# a\n# b\n# ", Files.readString(conf));
    assertEquals("3 replacements made", outcome.result().get("msg"));
    assertEquals(Remark.Kind.RISK, outcome.remarks().get(0).kind());
  }

  @Test
  void replace_looks_only_between_after_and_before() throws Exception {
    converges(
        "x=1\n[a]\nx=1\n[b]\nx=1\n",
        "- replace: {path: '{{ dir }}/conf', regexp: 'x=1', replace: x=2, after: '\\[a\\]', before: '\\[b\\]'}",
        "x=1\n[a]\nx=2\n[b]\nx=1\n");
    Outcome none =
        host.apply("- replace: {path: '{{ dir }}/conf', regexp: x, after: nowhere, replace: y}");
    assertEquals(Status.OK, none.status());
    assertTrue(none.result().get("msg").toString().startsWith("Pattern for before/after"));
  }

  @Test
  void a_group_that_the_pattern_lacks_is_refused_before_the_file_is_touched() throws Exception {
    Files.writeString(conf, "a\n");
    assertEquals(
        Status.FAILED,
        host.apply("- replace: {path: '{{ dir }}/conf', regexp: a, replace: '\\1'}").status());
    assertEquals(
        Status.FAILED,
        host.apply("- lineinfile: {path: '{{ dir }}/conf', regexp: a, line: '\\2', backrefs: true}")
            .status());
    assertEquals("a\n", Files.readString(conf));
  }

  @Test
  void a_block_comes_goes_and_stays_where_it_is() throws Exception {
    converges(
        "top\nend\n",
        "- blockinfile: {path: '{{ dir }}/conf', block: \"one\\ntwo\", insertafter: '^top'}",
        "top\n# BEGIN ANSIBLE MANAGED BLOCK\none\ntwo\n# END ANSIBLE MANAGED BLOCK\nend\n");
    host.converges("- blockinfile: {path: '{{ dir }}/conf', block: three, insertbefore: BOF}");
    assertEquals(
        "top\n# BEGIN ANSIBLE MANAGED BLOCK\nthree\n# END ANSIBLE MANAGED BLOCK\nend\n",
        Files.readString(conf));
    host.converges("- blockinfile: {path: '{{ dir }}/conf', block: ''}");
    assertEquals("top\nend\n", Files.readString(conf));
  }

  @Test
  void a_block_between_equal_markers_is_put_in_each_time_and_that_is_told() throws Exception {
    Files.writeString(conf, "");
    String task = "- blockinfile: {path: '{{ dir }}/conf', marker: '# here', block: x}";
    assertEquals(Status.CHANGED, host.apply(task).status());
    Outcome again = host.apply(task);
    assertEquals(Status.CHANGED, again.status());
    assertEquals(Remark.Kind.RISK, again.remarks().get(0).kind());
  }

  @Test
  void a_file_that_is_absent_is_made_with_its_folders_where_the_task_says_so() throws Exception {
    assertEquals(
        Status.FAILED, host.apply("- blockinfile: {path: '{{ dir }}/a/b', block: x}").status());
    host.converges("- lineinfile: {path: '{{ dir }}/a/b/c', line: x, create: true, mode: '0600'}");
    Path made = folder.resolve("a/b/c");
    assertEquals("x\n", Files.readString(made));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
  }

  @Test
  void what_a_link_leads_to_is_edited_and_the_link_stays() throws Exception {
    Files.writeString(folder.resolve("real"), "a\n");
    Files.createSymbolicLink(conf, Path.of("real"));
    Outcome changed =
        host.converges("- lineinfile: {path: '{{ dir }}/conf', line: b, backup: true}");
    assertTrue(Files.isSymbolicLink(conf));
    assertEquals("a\nb\n", Files.readString(folder.resolve("real")));
    Path backup = Path.of(changed.result().get("backup").toString());
    assertTrue(backup.getFileName().toString().matches("conf\\.[0-9]+\\.[0-9-]+@[0-9:]+~"));
    assertEquals("a\n", Files.readString(backup));
  }

  @Test
  void a_backup_keeps_the_old_file_as_it_was() throws Exception {
    Files.writeString(conf, "a\n");
    Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-r-----"));
    Outcome changed =
        host.converges("- replace: {path: '{{ dir }}/conf', regexp: a, replace: b, backup: true}");
    Path backup = Path.of(changed.result().get("backup_file").toString());
    assertEquals("a\n", Files.readString(backup));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)));
  }

  @Test
  void a_file_that_its_own_check_refuses_never_takes_the_old_ones_place() throws Exception {
    Files.writeString(conf, "good\n");
    Outcome refused =
        host.apply(
            "- lineinfile: {path: '{{ dir }}/conf', line: bad, backup: true, validate: 'sh -c \"grep -c bad %s; echo no good >&2; exit 3\"'}");
    assertEquals(Status.FAILED, refused.status());
    assertTrue(refused.message().contains("no good"), refused.message());
    assertTrue(refused.message().contains("failed to validate: status 3"), refused.message());
    assertEquals("good\n", Files.readString(conf));
    assertEquals(List.of("conf"), names());
  }

  @Test
  void a_file_that_its_own_check_accepts_is_replaced() throws Exception {
    converges(
        "good\n",
        "- lineinfile: {path: '{{ dir }}/conf', line: better, validate: 'grep -q better %s'}",
        "good\nbetter\n");
    Outcome refused =
        host.apply("- lineinfile: {path: '{{ dir }}/conf', line: x, validate: 'visudo -c'}");
    assertEquals(Status.FAILED, refused.status());
    assertTrue(refused.message().contains("must contain %s"), refused.message());
  }

  @Test
  void hostile_lines_arrive_whole() throws Exception {
    String hostile = "'; touch canary; ' $(touch canary) `touch canary` \"q\" -rf * 中文 $HOME \\n";
    String quoted = hostile.replace("'", "''");
    Files.writeString(conf, "");
    host.converges("- lineinfile: {path: '{{ dir }}/conf', line: '" + quoted + "'}");
    host.converges("- blockinfile: {path: '{{ dir }}/conf', block: '" + quoted + "'}");
    assertTrue(Files.readString(conf).startsWith(hostile + "\n"));
    assertFalse(Files.exists(folder.resolve("canary")));
  }

  @Test
  void what_is_no_file_is_not_read() throws Exception {
    assertEquals(
        0, new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor());
    assertEquals(
        Status.FAILED, host.apply("- lineinfile: {path: '{{ dir }}/pipe', line: x}").status());
    assertEquals(Status.FAILED, host.apply("- slurp: {src: '{{ dir }}/pipe'}").status());
    assertEquals(
        Status.FAILED,
        host.apply("- replace: {path: '{{ dir }}', regexp: x, replace: y}").status());
  }

  @Test
  void slurp_gives_any_bytes_in_base64() throws Exception {
    Files.write(conf, new byte[] {0, (byte) 0xff, 10});
    Outcome read = host.check("- slurp: {src: '{{ dir }}/conf'}");
    assertEquals("AP8K", read.result().get("content"));
    assertEquals("base64", read.result().get("encoding"));
    assertTrue(host.check("- slurp: {src: '{{ dir }}/none'}").message().contains("file not found"));
  }
}
