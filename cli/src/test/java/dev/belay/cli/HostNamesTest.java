package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import dev.belay.inventory.Host;
import dev.belay.inventory.InventoryReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short names are an inventory's own, and mean the same hosts. */
final class HostNamesTest {
  @TempDir Path folder;

  private static void becomes(List<String> hosts, String... names) {
    assertEquals(ImmutableList.copyOf(names), HostNames.compact(hosts));
  }

  private Set<String> read(List<String> names) throws IOException {
    Path inventory = Files.write(folder.resolve("inventory"), names);
    Set<String> hosts = new TreeSet<>();
    InventoryReader.read(List.of(inventory.toString())).hosts().stream()
        .map(Host::name)
        .forEach(hosts::add);
    return hosts;
  }

  @Test
  void numbers_that_follow_each_other_are_a_range() {
    becomes(List.of("npu01", "npu02", "npu03"), "npu[01:03]");
    becomes(List.of("h8", "h9", "h10"), "h[8:10]");
    becomes(List.of("h08", "h09", "h10", "h11"), "h[08:11]");
    becomes(List.of("n0", "n1"), "n[0:1]");
    becomes(List.of("n98", "n99", "n100"), "n[98:100]");
    becomes(List.of("npu1.example.com", "npu2.example.com"), "npu[1:2].example.com");
    becomes(List.of("10.0.0.9", "10.0.0.10"), "10.0.0.[9:10]");
  }

  @Test
  void gaps_and_other_widths_part_ranges() {
    becomes(List.of("h1", "h2", "h4"), "h[1:2]", "h4");
    becomes(List.of("h1", "h02", "h3"), "h1", "h02", "h3");
    becomes(List.of("h01", "h002"), "h01", "h002");
    becomes(List.of("h99", "h100", "h0100"), "h[99:100]", "h0100");
  }

  @Test
  void racks_of_the_same_places_are_one_pattern() {
    becomes(List.of("r1-n1", "r1-n2", "r2-n1", "r2-n2", "r3-n7"), "r[1:2]-n[1:2]", "r3-n7");
  }

  @Test
  void names_that_are_no_counters_stay() {
    becomes(List.of("ash", "oak"), "ash", "oak");
    becomes(List.of("a[1:2]", "a[1:3]"), "a[1:2]", "a[1:3]");
    becomes(List.of("h12345678901", "h12345678902"), "h12345678901", "h12345678902");
    becomes(List.of());
  }

  @Test
  void the_first_named_comes_first() {
    becomes(List.of("z", "h2", "a", "h1"), "z", "h[1:2]", "a");
  }

  @Test
  void what_comes_out_means_the_same_hosts_in_an_inventory() throws IOException {
    Random random = new Random(7);
    int shorter = 0;
    for (int round = 0; round < 200; round++) {
      Set<String> hosts = new LinkedHashSet<>();
      for (int i = random.nextInt(40); i >= 0; i--) {
        hosts.add(name(random));
      }
      List<String> names = HostNames.compact(List.copyOf(hosts));
      assertEquals(new TreeSet<>(hosts), read(names), names.toString());
      shorter += names.size() < hosts.size() ? 1 : 0;
    }
    assertTrue(shorter > 150, "only " + shorter + " became shorter");
    assertNotEquals(Set.of("h1", "h3"), read(List.of("h[1:3]")), "the comparison notices nothing");
  }

  private static String name(Random random) {
    String number =
        String.format(
            random.nextBoolean() ? "%02d" : "%d",
            random.nextInt(12) + (random.nextInt(5) == 0 ? 95 : 0));
    return switch (random.nextInt(4)) {
      case 0 -> "npu" + number;
      case 1 -> "rack" + random.nextInt(3) + "-npu" + number;
      case 2 -> "10.0." + random.nextInt(2) + "." + random.nextInt(12);
      default -> "h" + number + ".example.com";
    };
  }
}
