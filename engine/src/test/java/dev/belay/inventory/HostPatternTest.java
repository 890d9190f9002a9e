package dev.belay.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which hosts a pattern means, in which order. */
final class HostPatternTest {
  private static final Position HERE = Position.of("--limit");

  @TempDir Path folder;
  private Inventory inventory;

  @BeforeEach
  void read() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("hosts"),
            """
            lone.example.com
            fe80::1
            [web]
            w1
            w2
            w3
            w10
            [db]
            d1
            w2
            [site:children]
            db
            web
            """);
    inventory = InventoryReader.read(List.of(file.toString()));
  }

  private List<String> hosts(String pattern) {
    return HostPattern.limit(pattern, HERE).select(inventory).stream().map(Host::name).toList();
  }

  private String refused(String pattern) {
    return assertThrows(ProblemsException.class, () -> hosts(pattern)).getMessage();
  }

  @Test
  void parts_add_keep_and_leave_out_whatever_their_order() {
    assertEquals(List.of("d1", "w2", "w1"), hosts("db,w1"));
    assertEquals(List.of("d1", "w2", "w1"), hosts("db:w1"));
    assertEquals(List.of("w2"), hosts("&db:web"));
    assertEquals(List.of("w1", "w3", "w10"), hosts("!db:web"));
    assertEquals(List.of("lone.example.com", "fe80::1"), hosts("!site"));
    assertEquals(List.of("d1", "w2", "w1", "w3", "w10"), hosts("site"));
  }

  @Test
  void wildcards_and_regular_expressions_mean_groups_and_hosts() {
    assertEquals(List.of("w1", "w2", "w3"), hosts("w?"));
    assertEquals(List.of("w1", "w2", "w3", "w10"), hosts("w*"));
    assertEquals(List.of("w1", "w3"), hosts("w[!2x]:!w10"));
    assertEquals(List.of("d1", "w2", "w10"), hosts("~d:~w(1\\d|2)"));
    assertEquals(List.of("lone.example.com"), hosts("*.example.com"));
    assertEquals(List.of(), hosts("nothing*"));
  }

  @Test
  void places_in_a_group_are_counted_from_either_end() {
    assertEquals(List.of("w1"), hosts("web[0]"));
    assertEquals(List.of("w10"), hosts("web[-1]"));
    assertEquals(List.of("w2", "w3"), hosts("web[1:2]"));
    assertEquals(List.of("w3", "w10"), hosts("web[2:]"));
    assertEquals(List.of("w1", "w2"), hosts("web[0-1]"));
    assertEquals("--limit: 'web[4]' means no host: there are 4; count from 0", refused("web[4]"));
  }

  @Test
  void addresses_are_not_parted_at_their_colons() {
    assertEquals(List.of("fe80::1"), hosts("fe80::1"));
    assertEquals(List.of("fe80::1", "w1"), hosts("fe80::1,w1"));
  }

  @Test
  void a_file_of_hosts_is_one_part_a_line() throws IOException {
    Path file = Files.writeString(folder.resolve("retry"), "w2\n\nd1\n");
    assertEquals(List.of("w2", "d1"), hosts("@" + file));
    Files.writeString(file, "w2\nw4\n");
    assertEquals(
        file + ":2:1: there is no host or group 'w4' in the inventory; did you mean 'w1'?",
        refused("@" + file));
    assertEquals(
        "--limit: the file '/nowhere' with hosts cannot be read; give it as @FILE",
        refused("@/nowhere"));
  }

  @Test
  void the_machine_that_one_sits_at_need_not_be_named() {
    assertEquals(List.of("localhost"), hosts("localhost"));
    assertEquals(List.of("127.0.0.1"), hosts("127.0.0.1"));
  }

  @Test
  void all_unknown_names_are_told_at_once() {
    assertEquals(2, refused("nope,!nada").lines().count());
    assertEquals(
        "--limit: '(' is no regular expression: Unclosed group; mend what follows ~",
        refused("~("));
  }
}
