package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.module.Remark;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real archives, made by real programs, on a real shell. */
final class UnarchiveTest {
  @TempDir Path folder;

  @BeforeEach
  void archive() throws Exception {
    sh(
        "mkdir -p in/top/sub d && echo one > in/top/a && chmod 755 in/top/a && echo two > 'in/top/sub/中文 b' && ln -s a in/top/l && ln in/top/a in/top/hard && touch -d '2020-02-03 04:05:06' in/top/a 'in/top/sub/中文 b'");
  }

  private String sh(String script) throws IOException, InterruptedException {
    Process run =
        new ProcessBuilder("sh", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    run.getOutputStream().close();
    String out = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, run.waitFor(), script + ": " + out);
    return out;
  }

  private void has(String program) throws IOException, InterruptedException {
    boolean there = new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
    if (!there) {
      System.err.println("SKIPPED: no " + program + " here");
    }
    assumeTrue(there);
  }

  private LocalHost host() {
    return new LocalHost(folder);
  }

  private static String task(String src, String more) {
    return "- unarchive: {src: '{{ dir }}/"
        + src
        + "', dest: '{{ dir }}/d', remote_src: true"
        + more
        + "}";
  }

  private String tree() throws Exception {
    return sh("cd d && find . ! -path . -printf '%P %y %m %s %l\\n' | sort");
  }

  private static final String TREE =
      """
      top d 755 4096\s
      top/a f 755 4\s
      top/hard f 755 4\s
      top/l l 777 1 a
      top/sub d 755 4096\s
      top/sub/中文 b f 644 4\s
      """;

  @ParameterizedTest
  @CsvSource({
    "gzip, tar czf t, TgzArchive",
    "bzip2, tar cjf t, TarArchive",
    "xz, tar cJf t, TarArchive",
    "zstd, tar --zstd -cf t, TarArchive",
    "tar, tar cf t, TarArchive"
  })
  void a_tar_is_unpacked_once_and_a_check_knows(String program, String make, String handler)
      throws Exception {
    has(program);
    sh(make + " -C in top");
    Outcome changed = host().converges(task("t", ""));
    assertEquals(TREE, tree().replaceAll("d 755 \\d+", "d 755 4096"));
    assertEquals(handler, changed.result().get("handler"));
    assertEquals("directory", changed.result().get("state"));
    assertEquals("one\n", Files.readString(folder.resolve("d/top/hard")));
  }

  @Test
  void a_link_to_the_folder_is_told_as_a_link() throws Exception {
    sh("tar czf t -C in top && mv d real && ln -s real d");
    Outcome changed = host().converges(task("t", ""));
    assertEquals("link", changed.result().get("state"));
    assertEquals("0777", changed.result().get("mode"));
    assertTrue(Files.exists(folder.resolve("real/top/a")));
  }

  @Test
  void a_zip_is_unpacked_once_and_a_check_knows() throws Exception {
    has("zip");
    has("unzip");
    sh("cd in && zip -qry ../t.zip top");
    Outcome changed = host().converges(task("t.zip", ", list_files: true"));
    assertEquals(TREE, tree().replaceAll("d 755 \\d+", "d 755 4096"));
    assertEquals("ZipArchive", changed.result().get("handler"));
    assertTrue(changed.result().get("files").toString().contains("top/sub/中文 b"));
    for (String damage :
        List.of("echo four > d/top/a", "rm d/top/l", "chmod 700 d/top/a", "touch d/top/a")) {
      sh(damage);
      assertEquals(Status.CHANGED, host().apply(task("t.zip", "")).status(), damage);
      assertEquals(Status.OK, host().check(task("t.zip", "")).status(), damage);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rm d/top/a",
        "echo two > d/top/a && touch -d '2020-02-03 04:05:06' d/top/a",
        "touch d/top/a",
        "chmod 600 d/top/a",
        "ln -sfn elsewhere d/top/l",
        "chown 12 d/top/a",
        "rm -r d/top/sub && touch d/top/sub"
      })
  void damage_is_seen_and_mended(String damage) throws Exception {
    assumeTrue(sh("id -u").strip().equals("0") || !damage.startsWith("chown"));
    sh("tar czf t -C in top");
    host().apply(task("t", ""));
    sh(damage);
    Outcome foretold = host().check(task("t", ""));
    assertEquals(Status.WOULD_CHANGE, foretold.status(), foretold.message());
    assertTrue(
        foretold.changes().get(0).before().contains("d/top/".substring(2)),
        foretold.changes().toString());
    assertEquals(Status.CHANGED, host().apply(task("t", "")).status());
    assertEquals(Status.OK, host().check(task("t", "")).status());
    assertEquals(TREE, tree().replaceAll("d 755 \\d+", "d 755 4096"));
  }

  @Test
  void what_else_is_in_the_folder_stays_and_is_no_difference() throws Exception {
    sh("tar czf t -C in top && mkdir d/top && echo mine > d/top/mine");
    host().converges(task("t", ""));
    assertEquals("mine\n", Files.readString(folder.resolve("d/top/mine")));
  }

  @Test
  void a_folder_is_told_as_the_task_names_it() throws Exception {
    sh("tar czf t -C in top && ln -s d l");
    String tasks = "- unarchive: {src: '{{ dir }}/t', dest: '{{ dir }}/l/', remote_src: true}";
    Outcome changed = host().apply(tasks);
    assertEquals(folder + "/l/", changed.result().get("dest"));
    assertEquals("directory", changed.result().get("state"));
    assertEquals("top\n", sh("ls -A d"));
  }

  @Test
  void creates_decides_without_a_look_at_the_archive() throws Exception {
    Files.createDirectory(folder.resolve("d/top"));
    assertEquals(Status.OK, host().apply(task("none", ", creates: '{{ dir }}/d/top'")).status());
  }

  @Test
  void an_interrupted_unpacking_is_mended_whatever_creates_says() throws Exception {
    sh("tar czf t -C in top && tar xzf t -C d top/hard");
    String task = task("t", ", creates: '{{ dir }}/d/top'");
    assertEquals(Status.OK, host().apply(task).status());
    Unarchive same =
        Unarchive.of(
            dev.belay.module.Args.of(
                Unarchive.SPEC,
                java.util.Map.of("src", folder + "/t", "dest", folder + "/d", "remote_src", true)));
    Files.writeString(folder.resolve("victim"), "whole");
    Files.createSymbolicLink(Path.of(same.mark()), folder.resolve("victim"));
    assertEquals(Status.WOULD_CHANGE, host().check(task).status());
    assertEquals(Status.CHANGED, host().apply(task).status());
    assertEquals(Status.OK, host().apply(task).status());
    assertEquals("whole", Files.readString(folder.resolve("victim")));
    assertEquals(TREE, tree().replaceAll("d 755 \\d+", "d 755 4096"));
  }

  @Test
  void a_versioned_folder_and_a_link_do_what_tar_and_mv_do_only_once() throws Exception {
    sh("tar czf t -C in top");
    String tasks =
        "- file: {path: '{{ dir }}/d/3.11', state: directory}\n"
            + "- unarchive: {src: '{{ dir }}/t', dest: '{{ dir }}/d/3.11', remote_src: true, extra_opts: [--strip-components=1], creates: '{{ dir }}/d/3.11/a'}\n"
            + "- file: {src: '{{ dir }}/d/3.11', path: '{{ dir }}/d/python', state: link}";
    host().apply(tasks);
    host().apply(tasks);
    assertEquals("3.11\npython\n", sh("ls d"));
    assertEquals("a\nhard\nl\nsub\n", sh("ls d/python/"));
  }

  @Test
  void parts_of_an_archive_and_a_folder_less() throws Exception {
    sh("tar czf t -C in top");
    host().converges(task("t", ", exclude: [top/sub], extra_opts: [--strip-components=1]"));
    assertEquals("a\nhard\nl\n", sh("ls d"));
    sh("rm -r d && mkdir d");
    host().converges(task("t", ", include: [top/hard]"));
    assertEquals("top\ntop/hard\n", sh("cd d && find top"));
  }

  @Test
  void modes_and_owners_may_be_set_for_all_of_it() throws Exception {
    assumeTrue(sh("id -u").strip().equals("0"));
    sh("tar czf t -C in top");
    String task = task("t", ", mode: 'u=rwX,g=rX,o=', owner: daemon, group: '12'");
    host().converges(task);
    assertEquals(
        "750 640 daemon 12",
        sh("stat -c %a d/top/a; stat -c %a d/top/sub/*; stat -c '%U %g' d/top/a")
            .strip()
            .replace("\n", " "));
    sh("chmod 777 d/top/sub");
    host().converges(task);
  }

  @Test
  void newer_files_may_stay_and_are_no_difference() throws Exception {
    sh("tar czf t -C in top");
    host().apply(task("t", ""));
    sh("echo mine > d/top/a");
    assertEquals(Status.OK, host().apply(task("t", ", keep_newer: true")).status());
    sh("rm d/top/l");
    assertEquals(Status.CHANGED, host().apply(task("t", ", keep_newer: true")).status());
    assertEquals("mine\n", Files.readString(folder.resolve("d/top/a")));
  }

  private void refused(String names, String why) throws Exception {
    Outcome foretold = host().check(task("t", ""));
    assertEquals(Status.FAILED, foretold.status(), sh("tar -tvPf t || true"));
    assertTrue(
        foretold.message().contains(why) && foretold.message().contains(names), foretold.message());
    assertEquals(Status.FAILED, host().apply(task("t", "")).status());
    assertEquals("", tree());
    assertFalse(Files.exists(folder.resolve("out"), LinkOption.NOFOLLOW_LINKS));
  }

  @ParameterizedTest
  @CsvSource({
    "cd in && tar --transform=s!top/a!../out! -Pcf ../t top, ../out, a name with '..'",
    "cd in && tar --transform=s!top/a!/tmp/../out! -Pcf ../t top, /tmp/../out, an absolute name",
    "cd in && tar --transform=s!top/a!x/../../out!r -Pcf ../t top, x/../../out, a name with '..'",
    "ln -s /etc in/top/e; tar cf t -C in top, top/e, 'a link that leads out of the folder, to /etc'",
    "ln -s ../../x in/top/e; tar cf t -C in top, top/e, a link that leads out",
    "ln -s sub/../../x in/top/e; tar cf t -C in top, top/e, a link that leads out",
    "ln -s .. in/top/e; tar cf t --transform='s!^top/e$!e!;flags=r' -P -C in top/e; tar tf t, e, a link that leads out",
    "mkfifo in/top/p; tar cf t -C in top, top/p, neither a file nor a folder nor a link",
    "cd in && ln -s sub ln && tar cf ../t ln && mv top/sub/中* top/b && tar rf ../t --transform='s!top/b!ln/b!' top/b, ln/b, it goes through the link ln",
    "cd in/top && rm -r sub l && tar -Pcf ../../t --transform='s!^a$!../out!RS' a hard, hard, a hard link to ../out",
    "ln -s 'a -> b' in/top/e; tar cf t -C in top, top/e, cannot be told where it leads"
  })
  void what_would_lead_out_of_the_folder_is_refused_before_anything_is_written(
      String make, String name, String why) throws Exception {
    sh(make);
    refused(name, why);
  }

  @Test
  void a_device_is_refused() throws Exception {
    assumeTrue(sh("id -u").strip().equals("0"));
    sh("mknod in/top/null c 1 3 && tar cf t -C in top");
    refused("top/null", "neither a file nor a folder nor a link");
  }

  @Test
  void a_zip_with_a_way_out_is_refused() throws Exception {
    has("zip");
    sh("ln -s /etc in/top/e && cd in && zip -qry ../t top && mv ../t.zip ../t");
    refused("top/e", "a link that leads out of the folder, to /etc");
    sh(
        "rm t; cd in/top/sub && echo x > ../../../o && zip -q ../../../t.zip ../../../o && mv ../../../t.zip ../../../t");
    refused("../../../o", "a name with '..'");
  }

  @Test
  void a_bomb_is_refused() throws Exception {
    sh("truncate -s 3G in/top/zeros && tar cSf t -C in top");
    Outcome failed = host().check(task("t", ", max_size: 1000000000"));
    assertTrue(
        failed
            .message()
            .contains(
                "'top/zeros' in the archive is refused: more than 1000000000 bytes; raise 'max_size'"),
        failed.message());
    failed = host().apply(task("t", ", max_entries: 3"));
    assertTrue(failed.message().contains("more than 3 entries"), failed.message());
    assertEquals("", tree());
  }

  @Test
  void programs_with_rights_of_their_own_are_told() throws Exception {
    sh("chmod 4755 in/top/a && tar czf t -C in top");
    Outcome changed = host().converges(task("t", ""));
    assertTrue(changed.remarks().stream().noneMatch(r -> r.kind() == Remark.Kind.SHADOWED));
    assertTrue(
        host().check(task("t", ", list_files: true")).remarks().stream()
            .anyMatch(r -> r.kind() == Remark.Kind.RISK && r.text().contains("top/")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "head -c 200 /dev/zero | tr '\\0' x > t",
        ": > t",
        "tar czf t -C in top; truncate -s 90 t"
      })
  void what_is_no_whole_archive_is_refused(String make) throws Exception {
    sh(make);
    Outcome failed = host().check(task("t", ""));
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("cannot be read"), failed.message());
    assertEquals(Status.FAILED, host().apply(task("t", "")).status());
    assertEquals("", tree());
  }

  @Test
  void what_is_not_there_yet_is_foretold_and_fails_only_in_a_run() throws Exception {
    sh("tar czf t -C in top");
    for (String task :
        List.of(
            task("none", ""),
            "- unarchive: {src: '{{ dir }}/t', dest: '{{ dir }}/no', remote_src: true}")) {
      assertEquals(Status.WOULD_CHANGE, host().check(task).status());
      Outcome failed = host().apply(task);
      assertEquals(Status.FAILED, failed.status());
      assertTrue(
          failed
              .message()
              .matches("Source '.*/none' does not exist|dest '.*/no' must be an existing dir"),
          failed.message());
    }
  }

  @Test
  void an_archive_from_here_is_sent_compared_and_told_truly() throws Exception {
    sh("head -c 200000 /dev/urandom > in/top/big && tar czf t.tgz -C in top");
    String task = "- unarchive: {src: t.tgz, dest: '{{ dir }}/d'}";
    assertEquals(Status.WOULD_CHANGE, host().check(task).status());
    assertEquals("", tree());
    Outcome changed = host().apply(task);
    assertEquals(Status.CHANGED, changed.status(), changed.message());
    assertEquals("TgzArchive", changed.result().get("handler"));
    assertEquals(Status.OK, host().apply(task).status());
    assertEquals("top\n", sh("ls -A d"));
    assertEquals(
        Status.OK,
        host()
            .check(
                task.replace("}'}", "}', creates: '{{ dir }}/d/top'}")
                    .replace("/d'}", "/d', creates: '{{ dir }}/d/top'}"))
            .status());
  }

  @Test
  void an_archive_from_here_that_would_lead_out_leaves_nothing() throws Exception {
    sh("ln -s /etc in/top/e && tar czf t.tgz -C in top");
    Outcome failed = host().apply("- unarchive: {src: t.tgz, dest: '{{ dir }}/d'}");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("'top/e' in the archive is refused"), failed.message());
    assertEquals("", sh("ls -A d"));
  }

  @Test
  void an_archive_may_come_from_a_server() throws Exception {
    sh("tar czf t.tgz -C in top");
    try (WebServer web =
        new WebServer().page("/t.tgz", Files.readAllBytes(folder.resolve("t.tgz")))) {
      String task =
          "- unarchive: {src: '" + web.url("/t.tgz") + "', dest: '{{ dir }}/d', remote_src: true}";
      assertEquals(Status.WOULD_CHANGE, host().check(task).status());
      assertEquals(0, web.requests.size());
      assertEquals(Status.CHANGED, host().apply(task).status());
      assertEquals(Status.OK, host().apply(task).status());
      assertEquals("top\n", sh("ls -A d"));
      Outcome failed = host().apply(task.replace("t.tgz", "none"));
      assertTrue(failed.message().contains("the server answered 404"), failed.message());
      assertEquals("top\n", sh("ls -A d"));
    }
  }

  @Test
  void hostile_names_are_names() throws Exception {
    sh(
        "mkdir 'd/$(touch canary)' && tar czf '-t `x` \"q\"' -C in top && mv -- '-t `x` \"q\"' 'x \"q\" $(touch canary)'");
    host()
        .converges(
            "- unarchive:\n    src: '{{ dir }}/x \"q\" $(touch canary)'\n    dest: '{{ dir }}/d/$(touch canary)'\n    remote_src: true\n    exclude: ['$(touch canary)', '`x`']");
    sh("! find . -name canary | grep .");
  }
}
