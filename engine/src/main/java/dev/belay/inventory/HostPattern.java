package dev.belay.inventory;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Nearest;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which hosts a play or {@code --limit} means: names of hosts and groups, wildcards, {@code ~} and
 * a regular expression, {@code !} to leave out, {@code &} to keep only, {@code group[0:2]} for
 * places in a group.
 *
 * <p>Parts are parted by commas, or by colons where there is no comma and it is no address.
 * Whatever their order, first come those that add, then those that keep, then those that leave out.
 */
public final class HostPattern {
  private static final Pattern PLACES =
      Pattern.compile("(.+)\\[(-?[0-9]{1,9})?(?:([:-])(-?[0-9]{1,9})?)?\\]");

  private final ImmutableList<Part> parts;
  private final Position at;

  /** One of the things that are parted by commas. */
  private record Part(String text, Position at) {
    boolean leavesOut() {
      return text.startsWith("!");
    }

    boolean keeps() {
      return text.startsWith("&");
    }

    boolean adds() {
      return !leavesOut() && !keeps();
    }

    String bare() {
      return adds() ? text : text.substring(1);
    }
  }

  private HostPattern(ImmutableList<Part> parts, Position at) {
    this.parts = parts;
    this.at = at;
  }

  /** A pattern that stands at that place. */
  public static HostPattern parse(String text, Position at) {
    return parse(ImmutableList.of(text), at);
  }

  /** Several as one; none of them parts the text of another. */
  public static HostPattern parse(Iterable<String> texts, Position at) {
    ImmutableList.Builder<Part> parts = ImmutableList.builder();
    texts.forEach(text -> split(text).forEach(part -> parts.add(new Part(part, at))));
    return new HostPattern(parts.build(), at);
  }

  /**
   * A pattern of {@code --limit}, in which {@code @FILE} stands for the lines of a file.
   *
   * @throws ProblemsException where there is no such file
   */
  public static HostPattern limit(String text, Position at) {
    ImmutableList.Builder<Part> parts = ImmutableList.builder();
    for (String part : split(text)) {
      if (part.startsWith("@")) {
        parts.addAll(lines(part.substring(1), at));
      } else {
        parts.add(new Part(part, at));
      }
    }
    return new HostPattern(parts.build(), at);
  }

  private static ImmutableList<Part> lines(String file, Position at) {
    ImmutableList.Builder<Part> parts = ImmutableList.builder();
    try {
      List<String> lines = Files.readAllLines(Path.of(file));
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).isBlank()) {
          parts.add(new Part(lines.get(i).strip(), new Position(file, i + 1, 1)));
        }
      }
      return parts.build();
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw new ProblemsException(
          at, "the file '" + file + "' with hosts cannot be read", "give it as @FILE");
    }
  }

  private static List<String> split(String text) {
    if (text.contains(",")) {
      return Splitter.on(',').trimResults().omitEmptyStrings().splitToList(text);
    } else if (HostAddress.parse(text.strip()).isPresent()) {
      return List.of(text.strip());
    }
    return atColons(text);
  }

  /** Spaces part as well; what is in brackets stays together. */
  private static List<String> atColons(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int close = c == '[' ? text.indexOf(']', at) : -1;
      if (close > 0) {
        part.append(text, at, close + 1);
        at = close;
      } else if (c == ':' || Character.isWhitespace(c)) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
      at++;
    }
    parts.add(part.toString());
    return parts.stream().filter(each -> !each.isEmpty()).toList();
  }

  /**
   * The hosts, in the order in which the parts name them.
   *
   * @throws ProblemsException where it names a host or group that there is not
   */
  public ImmutableList<Host> select(Inventory inventory) {
    Problems problems = new Problems();
    Set<String> chosen = new LinkedHashSet<>();
    if (parts.stream().noneMatch(Part::adds)) {
      chosen.addAll(inventory.hostsOf(Inventory.ALL));
    }
    parts.stream().filter(Part::adds).forEach(p -> chosen.addAll(hosts(p, inventory, problems)));
    for (Part part : parts) {
      if (part.keeps()) {
        chosen.retainAll(hosts(part, inventory, problems));
      }
    }
    for (Part part : parts) {
      if (part.leavesOut()) {
        hosts(part, inventory, problems).forEach(chosen::remove);
      }
    }
    problems.throwIfAny();
    return chosen.stream().map(name -> host(name, inventory)).collect(toImmutableList());
  }

  /** The machine that one sits at need not be in the inventory. */
  private Host host(String name, Inventory inventory) {
    return inventory
        .host(name)
        .orElseGet(() -> new Host(name, ImmutableMap.of("ansible_connection", "local"), at));
  }

  private static Set<String> hosts(Part part, Inventory inventory, Problems problems) {
    try {
      return new LinkedHashSet<>(new Matching(inventory, part.at).hosts(part.bare()));
    } catch (ProblemsException e) {
      problems.addAll(e);
      return Set.of();
    }
  }

  /** Looks for what one part names. */
  private record Matching(Inventory inventory, Position at) {

    List<String> hosts(String part) {
      if (inventory.host(part).isPresent()) {
        return List.of(part);
      }
      Matcher places = PLACES.matcher(part);
      boolean counted =
          !part.startsWith("~")
              && places.matches()
              && (places.group(2) != null || places.group(3) != null);
      return counted ? new Places(places, at).of(named(places.group(1)), part) : named(part);
    }

    private List<String> named(String name) {
      if (name.startsWith("~")) {
        return matching(NamePattern.regex(name.substring(1), at));
      } else if (inventory.group(name).isPresent() && !NamePattern.isGlob(name)) {
        return inventory.hostsOf(name);
      }
      boolean glob = NamePattern.isGlob(name);
      List<String> found =
          glob
              ? matching(NamePattern.glob(name, at))
              : inventory.host(name).map(host -> List.of(host.name())).orElse(List.of());
      if (found.isEmpty() && Inventory.LOCAL.contains(name)) {
        return List.of(local(name));
      } else if (found.isEmpty() && !glob) {
        throw unknown(name);
      }
      return found;
    }

    /** Any of its names means the one that the inventory has. */
    private String local(String name) {
      return Inventory.LOCAL.stream()
          .filter(other -> inventory.host(other).isPresent())
          .findFirst()
          .orElse(name);
    }

    private List<String> matching(NamePattern pattern) {
      Set<String> hosts = new LinkedHashSet<>();
      inventory.groups().stream()
          .filter(group -> pattern.fits(group.name()))
          .forEach(group -> hosts.addAll(inventory.hostsOf(group.name())));
      inventory.hosts().stream().map(Host::name).filter(pattern::fits).forEach(hosts::add);
      return List.copyOf(hosts);
    }

    private ProblemsException unknown(String part) {
      Set<String> names = new LinkedHashSet<>();
      inventory.hosts().forEach(host -> names.add(host.name()));
      inventory.groups().forEach(group -> names.add(group.name()));
      return new ProblemsException(
          at,
          "there is no host or group '" + part + "' in the inventory",
          Nearest.hint(
              part,
              names,
              names.size() <= 2
                  ? "the inventory is empty; give one with -i"
                  : "'belay list hosts' shows them"));
    }
  }

  /** The places that a part takes of what it names. */
  private record Places(Matcher found, Position at) {

    List<String> of(List<String> hosts, String part) {
      int from = place(found.group(2), 0, hosts.size());
      if (found.group(3) == null) {
        if (!hosts.isEmpty() && (from < 0 || from >= hosts.size())) {
          throw new ProblemsException(
              at, "'" + part + "' means no host: there are " + hosts.size(), "count from 0");
        }
        return hosts.isEmpty() ? hosts : List.of(hosts.get(from));
      }
      int last = place(found.group(4), hosts.size() - 1, hosts.size());
      int to = Math.min(hosts.size(), last + 1);
      return from < to ? hosts.subList(Math.max(0, from), to) : List.of();
    }

    private static int place(String written, int byDefault, int size) {
      int place = written == null ? byDefault : Integer.parseInt(written);
      return place < 0 ? place + size : place;
    }
  }
}
