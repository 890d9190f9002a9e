package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.template.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that each have a shard, and one report of all of them. */
@Timeout(120)
final class MergeTest {
  private static final int SHARDS = 3;

  private static final String SITE =
      """
      - name: Everything
        hosts: all
        gather_facts: false
        tasks:
          - name: The same everywhere
            copy: {content: x, dest: DIR/same}
            source: a guide
            why: a reason
          - name: Each its own
            copy: {content: "{{ inventory_hostname }}", dest: "DIR/{{ inventory_hostname }}"}
          - name: A loop
            lineinfile: {path: DIR/lines, line: "{{ item }}", create: true}
            loop: [a, b]
          - name: A secret
            copy: {content: hunter2, dest: DIR/secret}
            no_log: true
          - name: Not here
            command: /bin/true
            when: inventory_hostname == 'nobody'
          - name: Never mind
            fail: {msg: no}
            ignore_errors: true
          - block:
              - name: Rescued
                fail: {msg: "<no> \\x01"}
            rescue:
              - name: Help
                debug: {msg: helped}
          - name: One of them
            fail: {msg: broken}
            when: inventory_hostname in ['h2', 'h11']
      """;

  @TempDir Path folder;

  private String out = "";
  private String err = "";
  private String site = "";
  private String inventory = "";

  @BeforeEach
  void a_fleet() throws IOException {
    inventory =
        Files.writeString(folder.resolve("inventory"), "h[1:12] ansible_connection=local\n")
            .toString();
    site =
        Files.writeString(folder.resolve("site.yml"), SITE.replace("DIR", folder.toString()))
            .toString();
  }

  private int belay(String... args) {
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    int code =
        Main.run(
            args,
            Map.of("HOME", folder.toString()),
            new PrintStream(first, true, StandardCharsets.UTF_8),
            new PrintStream(second, true, StandardCharsets.UTF_8));
    out = first.toString(StandardCharsets.UTF_8);
    err = second.toString(StandardCharsets.UTF_8);
    return code;
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private String part(int index) {
    return file("part-" + index + ".json");
  }

  private void runParts(String command) {
    for (int i = 1; i <= SHARDS; i++) {
      belay(command, site, "-i", inventory, "--shard", i + "/" + SHARDS, "--json", part(i));
    }
  }

  private int merge(String... more) {
    return belay(
        Stream.concat(
                Stream.concat(
                    Stream.of("report", "merge"),
                    IntStream.rangeClosed(1, SHARDS).mapToObj(this::part)),
                Stream.of(more))
            .toArray(String[]::new));
  }

  /** The findings, with hosts as a set: in which order they come is the report's business. */
  private static List<String> findings(String json) {
    return events(json, "finding").stream().map(event -> Json.sorted(event)).sorted().toList();
  }

  private static List<Map<?, ?>> events(String json, String name) {
    List<Map<?, ?>> events = new ArrayList<>();
    for (String line : json.lines().toList()) {
      Map<?, ?> event = (Map<?, ?>) Json.read(line);
      if (event.get("event").equals(name)) {
        events.add(event);
      }
    }
    return events;
  }

  /** The suites of JUnit's XML by their names, without times. */
  private static Map<String, String> suites(String xml) {
    Map<String, String> suites = new TreeMap<>();
    Pattern.compile("(?s)<testsuite name=\"([^\"]*)\".*?</testsuite>")
        .matcher(xml)
        .results()
        .forEach(
            suite -> suites.put(suite.group(1), suite.group().replaceAll(" time=\"[^\"]*\"", "")));
    return suites;
  }

  @Test
  void shards_together_say_what_one_process_says() throws IOException {
    assertEquals(
        2,
        belay(
            "audit",
            site,
            "-i",
            inventory,
            "--json",
            file("whole.json"),
            "--junit",
            file("whole.xml")));
    String whole = out;
    runParts("audit");
    assertEquals(2, merge("--json", file("all.json"), "--junit", file("all.xml")));
    assertEquals(masked(whole), masked(out));
    assertEquals(findings(read("whole.json")), findings(read("all.json")));
    assertEquals(suites(read("whole.xml")), suites(read("all.xml")));
    assertEquals(12, suites(read("all.xml")).size());
    assertTrue(read("all.xml").contains("[handled] "), "nothing was rescued");
    assertEquals(
        events(read("whole.json"), "task").size(), events(read("all.json"), "task").size());
    assertFalse(Files.readString(folder.resolve("all.json")).contains("hunter2"));
  }

  private static String masked(String console) {
    return console.replaceAll("in [0-9.]+ s, [0-9]+ round trips", "in T s, N round trips");
  }

  @Test
  void what_was_joined_is_the_report_of_a_whole_run_and_can_be_read_again() throws IOException {
    runParts("check");
    assertEquals(2, merge("--json", "-"));
    String once = out;
    assertTrue(once.startsWith("{\"v\":1,\"event\":\"run\","));
    Path again = Files.writeString(folder.resolve("again.json"), once);
    assertEquals(2, belay("report", "merge", again.toString(), "--json", "-"));
    assertEquals(once, out);
  }

  @Test
  void a_shard_that_is_missing_is_an_error_unless_it_is_allowed() throws IOException {
    runParts("run");
    Files.delete(Path.of(part(2)));
    assertEquals(1, belay("report", "merge", part(1), part(3)));
    assertTrue(err.contains("there is no report of shard 2 of 3; add them, or use"), err);
    int code = belay("report", "merge", part(1), part(3), "--allow-missing");
    assertTrue(code == 0 || code == 2, err);
    assertTrue(out.contains("[WARNING]: there is no report of shard 2 of 3"), out);
  }

  @Test
  void reports_of_other_runs_are_refused() {
    runParts("check");
    belay("audit", site, "-i", inventory, "--shard", "2/3", "--json", part(2));
    assertEquals(1, merge());
    assertTrue(err.contains("part-2.json: this is of another run than"), err);
    assertTrue(err.contains("a 'audit', and not a 'check'"), err);
    belay("check", site, "-i", inventory, "-l", "all", "--shard", "2/3", "--json", part(2));
    assertEquals(1, merge());
    assertTrue(err.contains("another limit or other tags"), err);
    belay("check", site, "-i", inventory, "--shard", "2/4", "--json", part(2));
    assertEquals(1, merge());
    assertTrue(err.contains("shard 2/4, and not one of 3"), err);
    belay("check", file("./site.yml"), "-i", inventory, "--shard", "2/3", "--json", part(2));
    assertEquals(1, merge());
    assertTrue(err.contains("other playbooks"), err);
  }

  @Test
  void the_same_host_or_the_same_shard_twice_is_refused() throws IOException {
    runParts("check");
    assertEquals(1, belay("report", "merge", part(1), part(1), part(2), part(3)));
    assertTrue(err.contains("shard 1/3 is in " + part(1) + " already"), err);
    Files.writeString(
        Path.of(part(2)), read("part-1.json").replaceFirst("\"shard\":1", "\"shard\":2"));
    assertEquals(1, merge());
    assertTrue(err.contains("part-2.json: host 'h") && err.contains("part-1.json already"), err);
  }

  @Test
  void files_that_are_cut_or_no_reports_are_refused_with_their_place() throws IOException {
    runParts("check");
    String whole = read("part-1.json");
    String[][] wrong = {
      {"", "this file is empty"},
      {whole.substring(0, whole.lastIndexOf("{\"v\":1,\"event\":\"recap\"")), "there is no recap"},
      {whole.substring(0, whole.length() - 5), "this line is no JSON"},
      {whole + whole, "these are two reports"},
      {whole.substring(whole.indexOf('\n') + 1), "does not begin with what it is of"},
      {whole.replaceFirst("\"v\":1", "\"v\":2"), "no event of version 1"},
      {"- a: b\n", "this line is no JSON"}
    };
    for (String[] each : wrong) {
      Files.writeString(Path.of(part(1)), each[0]);
      assertEquals(1, merge(), each[1]);
      assertTrue(err.contains("part-1.json") && err.contains(each[1]), err);
    }
    Files.write(Path.of(part(1)), new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
    assertEquals(1, merge());
    assertTrue(err.contains("part-1.json:1: this is no text in UTF-8"), err);
    Files.delete(Path.of(part(1)));
    assertEquals(1, merge());
    assertTrue(err.contains("part-1.json: this file cannot be read: NoSuchFileException"), err);
  }

  @Test
  void a_report_is_not_written_over_one_that_is_read() throws IOException {
    runParts("check");
    String before = read("part-1.json");
    assertEquals(1, merge("--json", part(1)));
    assertTrue(err.contains("this is one of the reports to join"), err);
    assertEquals(before, read("part-1.json"));
  }

  @Test
  void shards_that_saw_different_hosts_are_told() throws IOException {
    runParts("check");
    Files.writeString(Path.of(inventory), "h[1:13] ansible_connection=local\n");
    belay("check", site, "-i", inventory, "--shard", "3/3", "--json", part(3));
    assertEquals(2, merge());
    assertTrue(out.contains("[WARNING]: shards saw inventories with different hosts"), out);
  }

  @Test
  void names_are_ordered_as_people_count() {
    List<String> names =
        new ArrayList<>(
            List.of("h10", "h9", "a", "h1b2", "h01", "h1", "h99999999999999999999", "h"));
    names.sort(HostNames.ORDER);
    assertEquals(
        List.of("a", "h", "h01", "h1", "h1b2", "h9", "h10", "h99999999999999999999"), names);
  }
}
