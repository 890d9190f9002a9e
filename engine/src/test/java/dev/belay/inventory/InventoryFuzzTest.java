package dev.belay.inventory;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Inventories with slips of all kinds: whatever stands in the file, it is read or refused with a
 * problem. {@code -Dbelay.fuzz=N} does more rounds.
 */
final class InventoryFuzzTest {
  private static final int ROUNDS = Integer.getInteger("belay.fuzz", 3000);

  private static final List<String> INI =
      List.of(
          "lone ansible_host=10.0.0.9\n[npu]\nnpu[01:03]:2222 a=8 b='x y' c=\"[1, {'a': (2,)}]\"\n"
              + "[p:children]\nnpu\ngpu\n[gpu]\ng1\n[npu:vars]\nx={{ y }}\nz=0x1F # n\n",
          "[a:vars]\nansible_group_priority=5\nx='\\u00e9\\x41'\n[a]\n[fe80::[1:3]]:22 v=1e5\n10.0.0.[1:9:2]\n");
  private static final List<String> YAML =
      List.of(
          "all:\n  hosts:\n    a: {x: [1, 'b', null]}\n    w[1:3]:22:\n  children:\n    web: &w\n"
              + "      hosts: h1\n      vars: {t: \"{{ x }}\", p: 1.5}\n    b: *w\n",
          "plugin: constructed\nstrict: false\ncompose:\n  x: inventory_hostname | upper\ngroups:\n"
              + "  g: x is defined\nkeyed_groups:\n  - {key: x, prefix: p, parent_group: \"{{ x }}\"}\n");
  private static final List<String> PIECES =
      List.of(
          "[",
          "]",
          ":",
          "::",
          "{{",
          "}}",
          "{%",
          "\"",
          "'",
          "\\",
          "#",
          "=",
          ",",
          "\n",
          "\t",
          "- ",
          "*",
          "&",
          "!",
          "|",
          "@",
          "[1:99999]",
          "[a:z]",
          "[1:1]",
          "[9:1]",
          ":children]",
          ":vars]",
          "all",
          "ungrouped",
          "\0",
          "\u0085",
          "\uFEFF",
          "\uD83D\uDE00",
          "9".repeat(50),
          "(((((",
          "<<: ",
          "plugin: x\n",
          "---\n",
          "ansible_group_priority=z\n",
          "~",
          "-",
          "  ");

  @TempDir Path folder;

  @Test
  void every_file_is_read_or_refused_with_a_problem() throws IOException {
    Random random = new Random(20_26);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      boolean yaml = round % 2 == 0;
      List<String> seeds = yaml ? YAML : INI;
      byte[] bytes = mutated(seeds.get(random.nextInt(seeds.size())), random);
      Path file = Files.write(folder.resolve(yaml ? "h.yml" : "h"), bytes);
      try {
        look(InventoryReader.read(List.of("first,", file.toString())));
      } catch (ProblemsException e) {
        refused++;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError(
            "round " + round + ": " + new String(bytes, StandardCharsets.UTF_8), e);
      }
    }
    assertTrue(refused > ROUNDS / 10, "only " + refused + " were refused");
    assertTrue(refused < ROUNDS, "all were refused");
  }

  private static void look(Inventory inventory) {
    inventory.hosts().stream().limit(20).forEach(host -> inventory.variables(host.name()));
    inventory.groups().forEach(group -> inventory.hostsOf(group.name()));
  }

  @Test
  void every_pattern_is_taken_or_refused_with_a_problem() {
    Inventory inventory = InventoryReader.read(List.of("w1,w2,fe80::1,"));
    Random random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      String pattern =
          new String(mutated("all:&w1,!w[0:2]~fe80::1*", random), StandardCharsets.UTF_8);
      try {
        HostPattern.parse(pattern, Position.of("pattern")).select(inventory);
      } catch (ProblemsException e) {
        // Told at its place.
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError(pattern, e);
      }
    }
  }

  private static byte[] mutated(String seed, Random random) {
    StringBuilder text = new StringBuilder(seed);
    for (int change = random.nextInt(6); change >= 0; change--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> text.delete(at, end);
        case 2 -> text.insert(at, text.substring(at, end).repeat(random.nextInt(4)));
        default -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(20) == 0 && bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
