package dev.belay.fuzz;

import com.google.common.collect.ImmutableMap;
import dev.belay.inventory.InventoryReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Inventories that ask for much: lines that stand for many hosts, and very many lines. */
final class InventoryBombs {
  private static final ImmutableMap<String, Supplier<String>> TOO_MUCH =
      ImmutableMap.<String, Supplier<String>>builder()
          .put("hosts", () -> "a[1:99999]\nb[1:99999]\nc[1:99999]\n")
          .put("range", () -> "a[1:999999999]\n")
          .put("ranges", () -> "a[1:999][1:999][1:999][1:999]\n")
          .put("variables", () -> "a[1:99999]" + numbered(" v", "=1", 1000) + "\n")
          .put("members", () -> numbered("[g", "]\na[1:99999]\n", 100))
          .put("groups", () -> numbered("[g", "]\n", 1_000_000))
          .put("mistakes", () -> "[x y]\n".repeat(1_500_000))
          .put("words", () -> "a b c d\n".repeat(1_000_000))
          .put("long", () -> "a x=" + "y".repeat(8_000_000))
          .put("hosts.yml", () -> "all: {hosts: {'a[1:99999]': , 'b[1:99999]': , 'c[1:99999]': }}")
          .put(
              "variables.yml",
              () -> "all: {hosts: {'a[1:99999]': {" + numbered("v", ": 1,", 1000) + "}}}")
          .buildOrThrow();

  private static final ImmutableMap<String, Supplier<String>> LARGE =
      ImmutableMap.of(
          "many", () -> numbered("[g", "]\n", 200) + "a[1:99999] x=1 y=2\nb[1:99999]\n",
          "value", () -> "a x=" + "y".repeat(900_000),
          "comment", () -> "a\n" + "#\n".repeat(4_000_000));

  private InventoryBombs() {}

  static Stream<Bomb> all(Path folder) {
    return Stream.concat(
        TOO_MUCH.entrySet().stream()
            .map(e -> Bomb.refused("inventory " + e.getKey(), () -> read(folder, e))),
        LARGE.entrySet().stream()
            .map(e -> Bomb.endured("inventory " + e.getKey(), () -> read(folder, e))));
  }

  private static void read(Path folder, Map.Entry<String, Supplier<String>> named) {
    try {
      Path file = Files.writeString(folder.resolve(named.getKey()), named.getValue().get());
      InventoryReader.read(List.of(file.toString())).hosts();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String numbered(String before, String after, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> before + i + after)
        .collect(Collectors.joining());
  }
}
