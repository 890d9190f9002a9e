package dev.belay.cli;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.inventory.Shard;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.run.Recap;
import dev.belay.run.Tally;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reports of shards that belong together, in the order of the shards. */
record ShardReports(ImmutableList<ShardReport> parts, ImmutableList<String> remarks) {

  /** What becomes of shards that wrote no report. */
  enum Missing {
    REFUSED,
    TOLD
  }

  /** Puts them together; what does not fit goes to {@code problems}. */
  static ShardReports of(ImmutableList<ShardReport> reports, Missing missing, Problems problems) {
    ImmutableList<ShardReport> parts =
        reports.stream()
            .sorted(Comparator.comparingInt(part -> shard(part).index()))
            .collect(toImmutableList());
    ImmutableList.Builder<String> remarks = ImmutableList.builder();
    if (!parts.isEmpty()) {
      refuseOthers(parts, problems);
      refuseTwice(parts, problems);
      String gaps = gaps(parts);
      if (!gaps.isEmpty() && missing == Missing.REFUSED) {
        problems.add(
            Position.of("report merge"), gaps, "add them, or use --allow-missing to do without");
      } else if (!gaps.isEmpty()) {
        remarks.add(gaps);
      }
      if (parts.stream().map(part -> part.header().inventory()).distinct().count() > 1) {
        remarks.add(
            "shards saw inventories with different hosts: hosts that came or went may be in no report");
      }
    }
    return new ShardReports(parts, remarks.build());
  }

  private static Shard shard(ShardReport part) {
    return part.header().shard().orElse(new Shard(1, 1));
  }

  /** Only what is of one run is joined. */
  private static void refuseOthers(ImmutableList<ShardReport> parts, Problems problems) {
    ShardReport first = parts.get(0);
    for (ShardReport part : parts) {
      String what = difference(first, part);
      if (!what.isEmpty()) {
        problems.add(
            Position.of(part.file().toString()),
            "this is of another run than " + first.file() + ": " + what);
      }
    }
  }

  private static String difference(ShardReport first, ShardReport part) {
    RunHeader one = first.header();
    RunHeader other = part.header();
    if (!one.command().equals(other.command()) || one.mode() != other.mode()) {
      return "a '" + other.command() + "', and not a '" + one.command() + "'";
    } else if (!one.playbooks().equals(other.playbooks())) {
      return "other playbooks";
    } else if (!one.whole().equals(other.whole())) {
      return "another limit or other tags";
    } else if (shard(first).count() != shard(part).count()) {
      return "shard " + shard(part) + ", and not one of " + shard(first).count();
    }
    return "";
  }

  private static void refuseTwice(ImmutableList<ShardReport> parts, Problems problems) {
    Map<Object, ShardReport> known = new HashMap<>();
    for (ShardReport part : parts) {
      Optional<ShardReport> same = Optional.ofNullable(known.put(shard(part), part));
      if (same.isPresent()) {
        problems.add(
            Position.of(part.file().toString()),
            "shard " + shard(part) + " is in " + same.get().file() + " already");
        continue;
      }
      for (String host : part.recap().hosts().keySet()) {
        Optional<ShardReport> other = Optional.ofNullable(known.putIfAbsent(host, part));
        other.ifPresent(
            file ->
                problems.add(
                    Position.of(part.file().toString()),
                    "host '" + host + "' is in " + file.file() + " already"));
      }
    }
  }

  private static String gaps(ImmutableList<ShardReport> parts) {
    int count = shard(parts.get(0)).count();
    ImmutableList<String> gone =
        IntStream.rangeClosed(1, count)
            .filter(index -> parts.stream().noneMatch(part -> shard(part).index() == index))
            .mapToObj(String::valueOf)
            .collect(toImmutableList());
    return gone.isEmpty()
        ? ""
        : "there is no report of shard"
            + (gone.size() == 1 ? " " : "s ")
            + HostNames.compact(gone).stream().collect(Collectors.joining(", "))
            + " of "
            + count;
  }

  RunHeader header() {
    return parts.get(0).header().whole();
  }

  /** What reports say besides, each once. */
  ImmutableList<String> warnings() {
    return java.util.stream.Stream.concat(
            remarks.stream(), parts.stream().flatMap(part -> part.warnings().stream()))
        .distinct()
        .collect(toImmutableList());
  }

  /** Of all hosts, by their names; it took as long as the slowest shard. */
  Recap recap() {
    Map<String, Tally> hosts = new TreeMap<>(HostNames.ORDER);
    Map<String, ImmutableMap<String, Object>> stats = new LinkedHashMap<>();
    Duration took = Duration.ZERO;
    for (ShardReport part : parts) {
      hosts.putAll(part.recap().hosts());
      part.recap()
          .stats()
          .forEach((whose, values) -> stats.merge(whose, values, ShardReports::same));
      took = took.compareTo(part.recap().took()) < 0 ? part.recap().took() : took;
    }
    stats.values().removeIf(Map::isEmpty);
    return new Recap(ImmutableMap.copyOf(hosts), ImmutableMap.copyOf(stats), took);
  }

  /** What is of no host: only what all who know it say alike can be told of all. */
  private static ImmutableMap<String, Object> same(
      ImmutableMap<String, Object> one, ImmutableMap<String, Object> other) {
    Map<String, Object> both = new LinkedHashMap<>(one);
    other.forEach((name, value) -> both.merge(name, value, (a, b) -> a.equals(b) ? a : DIFFERENT));
    return ImmutableMap.copyOf(both);
  }

  /** Stands for a value that differs from shard to shard. */
  private static final String DIFFERENT = "(differs from shard to shard)";
}
