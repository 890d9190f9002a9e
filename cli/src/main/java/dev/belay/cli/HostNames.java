package dev.belay.cli;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of hosts, written short: {@code npu[01:16]}. What comes out can stand in an inventory and
 * means just these hosts.
 */
final class HostNames {
  /** What an inventory takes for one range. */
  private static final int SPAN_LIMIT = 100_000;

  /** Numbers of more digits are no counters, and no range of an inventory can hold them. */
  private static final Pattern PIECES = Pattern.compile("[0-9]{1,9}(?![0-9])|[0-9]{10,}|[^0-9]+");

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /** Names by their letters, and numbers in them by their values. */
  static final Comparator<String> ORDER =
      Comparator.<String, ImmutableList<String>>comparing(
              text -> Name.of(text, 0).pieces, HostNames::compare)
          .thenComparing(Comparator.naturalOrder());

  private HostNames() {}

  private static int compare(List<String> one, List<String> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      String a = one.get(i);
      String b = other.get(i);
      boolean numbers = NUMBER.matcher(a).matches() && NUMBER.matcher(b).matches();
      int order = numbers ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  /** A name in pieces: every other one may be a number, or a range that numbers became. */
  private record Name(ImmutableList<String> pieces, int rank) {
    static Name of(String text, int rank) {
      ImmutableList.Builder<String> pieces = ImmutableList.builder();
      Matcher matcher = PIECES.matcher(text);
      while (matcher.find()) {
        pieces.add(matcher.group());
      }
      return new Name(pieces.build(), rank);
    }

    boolean isNumber(int index) {
      return index < pieces.size() && pieces.get(index).matches("[0-9]{1,9}");
    }

    Name with(int index, String piece, int first) {
      List<String> others = new ArrayList<>(pieces);
      others.set(index, piece);
      return new Name(ImmutableList.copyOf(others), first);
    }

    @Override
    public String toString() {
      return String.join("", pieces);
    }
  }

  /** The same hosts in fewer words, in the order in which they are first named. */
  static ImmutableList<String> compact(List<String> hosts) {
    List<Name> names = new ArrayList<>();
    List<Name> odd = new ArrayList<>();
    for (String host : hosts) {
      boolean plain = !host.contains("[") && !host.contains("]");
      (plain ? names : odd).add(Name.of(host, names.size() + odd.size()));
    }
    int longest = names.stream().mapToInt(name -> name.pieces.size()).max().orElse(0);
    for (int index = longest - 1; index >= 0; index--) {
      names = merged(names, index);
    }
    names.addAll(odd);
    return names.stream()
        .sorted(Comparator.comparingInt(Name::rank))
        .map(Name::toString)
        .collect(toImmutableList());
  }

  /** Names that differ in that piece alone become ranges where its numbers follow each other. */
  private static List<Name> merged(List<Name> names, int index) {
    List<Name> merged = new ArrayList<>();
    Map<Name, List<Name>> alike = new LinkedHashMap<>();
    for (Name name : names) {
      if (name.isNumber(index)) {
        alike.computeIfAbsent(name.with(index, "", 0), key -> new ArrayList<>()).add(name);
      } else {
        merged.add(name);
      }
    }
    alike.values().forEach(group -> merged.addAll(ranges(group, index)));
    return merged;
  }

  private static List<Name> ranges(List<Name> group, int index) {
    Map<String, Name> left =
        new TreeMap<>(
            Comparator.<String>comparingInt(Integer::parseInt).thenComparing(String::length));
    group.forEach(name -> left.put(name.pieces.get(index), name));
    List<Name> ranges = new ArrayList<>();
    while (!left.isEmpty()) {
      String first = left.keySet().iterator().next();
      Name begin = left.remove(first);
      String last = first;
      int rank = begin.rank;
      int value = Integer.parseInt(first);
      for (int i = 1; i <= SPAN_LIMIT && left.containsKey(like(first, value + i)); i++) {
        last = like(first, value + i);
        rank = Math.min(rank, left.remove(last).rank);
      }
      ranges.add(
          last.equals(first) ? begin : begin.with(index, "[" + first + ":" + last + "]", rank));
    }
    return ranges;
  }

  /** As an inventory counts: a leading zero means that all numbers are as long as the first. */
  private static String like(String first, int value) {
    String plain = String.valueOf(value);
    boolean padded = first.startsWith("0") && first.length() > 1;
    return padded ? "0".repeat(Math.max(0, first.length() - plain.length())) + plain : plain;
  }
}
