package dev.belay.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which part of an inventory a host is in. */
final class ShardTest {
  private static final List<String> FLEET =
      IntStream.rangeClosed(1, 10_000).mapToObj("npu%05d.example"::formatted).toList();

  private static int of(String host, int count) {
    List<Integer> homes =
        IntStream.rangeClosed(1, count)
            .filter(index -> new Shard(index, count).has(host))
            .boxed()
            .toList();
    assertEquals(1, homes.size(), host + " is in " + homes);
    return homes.get(0);
  }

  @Test
  void every_host_is_in_exactly_one_shard() {
    for (int count : new int[] {1, 2, 7, 16, 100}) {
      FLEET.stream().limit(500).forEach(host -> of(host, count));
    }
  }

  @Test
  void the_numbers_are_a_contract_between_processes_of_all_versions() {
    assertEquals(
        List.of("1 3 144", "2 5 723", "2 7 284", "1 6 932", "2 8 632", "1 8 199"),
        List.of("h1", "h2", "npu01", "db.example", "localhost", "主机").stream()
            .map(host -> of(host, 2) + " " + of(host, 8) + " " + of(host, 1000))
            .toList());
  }

  @Test
  void shards_are_about_as_large_as_each_other() {
    for (int count : new int[] {2, 7, 16}) {
      int[] sizes = new int[count];
      FLEET.forEach(host -> sizes[of(host, count) - 1]++);
      int fair = FLEET.size() / count;
      for (int size : sizes) {
        assertTrue(Math.abs(size - fair) < fair / 5, size + " of " + fair);
      }
    }
  }

  @Test
  void one_shard_more_takes_its_share_of_each_and_moves_no_other_host() {
    Set<String> moved = new HashSet<>();
    for (String host : FLEET) {
      int before = of(host, 8);
      int after = of(host, 9);
      if (before != after) {
        assertEquals(9, after, host);
        moved.add(host);
      }
    }
    int share = FLEET.size() / 9;
    assertTrue(Math.abs(moved.size() - share) < share / 5, moved.size() + " moved");
  }

  @Test
  void what_is_no_shard_is_refused_with_an_example() {
    for (String wrong : List.of("", "1", "0/4", "5/4", "1/0", "1/4/2", "a/b", "-1/4", "1/100001")) {
      String said =
          assertThrows(IllegalArgumentException.class, () -> Shard.parse(wrong)).getMessage();
      assertTrue(said.contains("1/4"), said);
    }
    assertEquals(new Shard(2, 8), Shard.parse("2/8"));
    assertEquals("2/8", Shard.parse("2/8").toString());
  }
}
