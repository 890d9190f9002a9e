package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made of fragments, on a real shell. */
final class AssembleTest {
  @TempDir Path folder;

  @BeforeEach
  void some_fragments() throws Exception {
    Path parts = Files.createDirectories(folder.resolve("files/parts"));
    Files.writeString(parts.resolve("2"), "two");
    Files.writeString(parts.resolve("10"), "ten\n");
    Files.writeString(parts.resolve("ß $(x)\n"), "odd\n");
    Files.writeString(parts.resolve(".hidden"), "hidden\n");
    Files.createDirectory(parts.resolve("inside"));
    Files.writeString(parts.resolve("inside/not"), "not\n");
  }

  private Outcome converges(String arguments) throws Exception {
    return new LocalHost(folder)
        .converges(
            "- assemble: {src: '{{ dir }}/files/parts', dest: '{{ dir }}/whole', "
                + arguments
                + "}");
  }

  private String whole() throws Exception {
    return Files.readString(folder.resolve("whole"));
  }

  @Test
  void fragments_of_the_host_are_joined_by_their_names_and_each_begins_a_line() throws Exception {
    Outcome changed = converges("mode: '0640'");
    assertEquals("hidden\nten\ntwo\nodd\n", whole());
    assertEquals("0640", changed.result().get("mode"));
    assertEquals("OK", changed.result().get("msg"));
    assertEquals("file", changed.result().get("state"));
  }

  @Test
  void only_names_that_fit_are_taken_with_what_stands_between_them() throws Exception {
    converges("regexp: '^[0-9]', delimiter: '## \\x2d\\t#'");
    assertEquals("ten\n## -\t#\ntwo", whole());
    converges("ignore_hidden: true, delimiter: \"--\\n\"");
    assertEquals("ten\n--\ntwo\n--\nodd\n", whole());
  }

  @Test
  void fragments_of_the_control_side_give_the_same_file() throws Exception {
    new LocalHost(folder)
        .converges(
            "- assemble: {src: parts, dest: '{{ dir }}/whole', remote_src: false, regexp: '^[.0-9]'}");
    assertEquals("hidden\nten\ntwo", whole());
  }

  @Test
  void bytes_that_are_no_text_are_joined_as_they_are() throws Exception {
    byte[] bytes = {(byte) 0xff, 0, (byte) 0xfe, '\n'};
    Files.write(folder.resolve("files/parts/2"), bytes);
    converges("regexp: '^2$'");
    assertEquals(
        new String(bytes, StandardCharsets.ISO_8859_1),
        Files.readString(folder.resolve("whole"), StandardCharsets.ISO_8859_1));
  }

  @Test
  void a_file_is_kept_where_the_new_one_does_not_pass_its_check() throws Exception {
    Files.writeString(folder.resolve("whole"), "old\n");
    Outcome failed =
        new LocalHost(folder)
            .apply(
                "- assemble: {src: '{{ dir }}/files/parts', dest: '{{ dir }}/whole', validate: 'grep nothing %s'}");
    assertEquals(Status.FAILED, failed.status());
    assertEquals("old\n", whole());
    Outcome changed = converges("validate: 'grep ten %s', backup: true");
    assertEquals(
        "old\n", Files.readString(Path.of(changed.result().get("backup_file").toString())));
  }

  @Test
  void a_folder_that_is_none_is_told() throws Exception {
    LocalHost host = new LocalHost(folder);
    assertEquals(
        "Source (/nowhere) does not exist",
        host.apply("- assemble: {src: /nowhere, dest: '{{ dir }}/whole'}").message());
    assertEquals(
        "Source (/etc/passwd) is not a directory",
        host.apply("- assemble: {src: /etc/passwd, dest: '{{ dir }}/whole'}").message());
    assertTrue(
        host.apply("- assemble: {src: site.yml, dest: '{{ dir }}/whole', remote_src: false}")
            .message()
            .contains("is not a directory"));
  }

  @Test
  void what_is_encrypted_is_refused_unless_it_is_wanted_so() throws Exception {
    Files.writeString(folder.resolve("files/parts/2"), "$ANSIBLE_VAULT;1.1;AES256\n00\n");
    LocalHost host = new LocalHost(folder);
    String task = "- assemble: {src: parts, dest: '{{ dir }}/whole', remote_src: false, regexp: 2";
    assertTrue(host.apply(task + "}").message().contains("this vault text cannot be read"));
    assertEquals(Status.CHANGED, host.apply(task + ", decrypt: false}").status());
  }
}
