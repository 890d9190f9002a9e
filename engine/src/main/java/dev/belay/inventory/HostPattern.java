package dev.belay.inventory;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Nearest;
import dev.belay.problem.Position;
import dev.belay.problem.Problem;
import dev.belay.problem.ProblemsException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which hosts a play or {@code --limit} means: names of hosts and groups, wildcards, {@code ~} and
 * a regular expression, {@code !} to leave out, {@code &} to keep only, {@code group[0:2]} for
 * places in a group.
 */
public final class HostPattern {
  private static final Pattern PLACES = Pattern.compile("^(.+)\\[(-?\\d+)?(:(-?\\d+)?)?\\]$");
  private static final String LOCALHOST = "localhost";

  private final ImmutableList<String> parts;
  private final Position at;

  private HostPattern(ImmutableList<String> parts, Position at) {
    this.parts = parts;
    this.at = at;
  }

  /** A pattern that stands at that place. */
  public static HostPattern parse(String text, Position at) {
    String separators = text.contains(",") ? "," : ":(?![^\\[]*\\])";
    return new HostPattern(
        Splitter.onPattern(separators)
            .trimResults()
            .omitEmptyStrings()
            .splitToStream(text)
            .collect(toImmutableList()),
        at);
  }

  /**
   * The hosts, in the order of the inventory.
   *
   * @throws ProblemsException where it names a host or group that there is not
   */
  public ImmutableList<Host> select(Inventory inventory) {
    return select(
        inventory,
        problem -> {
          throw new ProblemsException(ImmutableList.of(problem));
        });
  }

  /** The same; names that there are not are told to {@code missing} and stand for no host. */
  public ImmutableList<Host> select(Inventory inventory, Consumer<Problem> missing) {
    Set<String> chosen = new LinkedHashSet<>();
    boolean any = parts.stream().anyMatch(part -> !part.startsWith("!") && !part.startsWith("&"));
    if (!any) {
      chosen.addAll(inventory.hostsOf(Inventory.ALL));
    }
    parts.stream()
        .filter(p -> !p.startsWith("!") && !p.startsWith("&"))
        .forEach(p -> chosen.addAll(matches(p, inventory, missing)));
    parts.stream()
        .filter(p -> p.startsWith("&"))
        .forEach(p -> chosen.retainAll(matches(p.substring(1), inventory, missing)));
    parts.stream()
        .filter(p -> p.startsWith("!"))
        .forEach(p -> chosen.removeAll(matches(p.substring(1), inventory, missing)));
    ImmutableList.Builder<Host> hosts = ImmutableList.builder();
    inventory.hosts().stream().filter(host -> chosen.contains(host.name())).forEach(hosts::add);
    if (chosen.contains(LOCALHOST) && inventory.host(LOCALHOST).isEmpty()) {
      hosts.add(new Host(LOCALHOST, ImmutableMap.of("ansible_connection", "local"), at));
    }
    return hosts.build();
  }

  private List<String> matches(String part, Inventory inventory, Consumer<Problem> missing) {
    if (part.equals("*") || part.equals(Inventory.ALL)) {
      return inventory.hostsOf(Inventory.ALL);
    } else if (part.startsWith("~")) {
      return named(Pattern.compile(part.substring(1)), inventory);
    } else if (inventory.group(part).isPresent()) {
      return inventory.hostsOf(part);
    } else if (inventory.host(part).isPresent() || part.equals(LOCALHOST)) {
      return List.of(part);
    }
    Matcher places = PLACES.matcher(part);
    if (places.matches()) {
      return places(matches(places.group(1), inventory, missing), places);
    } else if (part.contains("*") || part.contains("?")) {
      return named(Pattern.compile(glob(part)), inventory);
    }
    missing.accept(unknown(part, inventory));
    return List.of();
  }

  private static List<String> named(Pattern pattern, Inventory inventory) {
    Set<String> hosts = new LinkedHashSet<>();
    inventory.groups().stream()
        .filter(g -> pattern.matcher(g.name()).lookingAt())
        .forEach(g -> hosts.addAll(inventory.hostsOf(g.name())));
    inventory.hosts().stream()
        .map(Host::name)
        .filter(name -> pattern.matcher(name).lookingAt())
        .forEach(hosts::add);
    return List.copyOf(hosts);
  }

  private static String glob(String part) {
    return Pattern.quote(part).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "$";
  }

  private static List<String> places(List<String> hosts, Matcher places) {
    int from = place(places.group(2), 0, hosts.size());
    if (places.group(3) == null) {
      return from >= 0 && from < hosts.size() ? List.of(hosts.get(from)) : List.of();
    }
    int to = Math.min(hosts.size(), place(places.group(4), hosts.size() - 1, hosts.size()) + 1);
    return from < to ? hosts.subList(Math.max(0, from), to) : List.of();
  }

  private static int place(String written, int byDefault, int size) {
    int place = written == null ? byDefault : Integer.parseInt(written);
    return place < 0 ? place + size : place;
  }

  private Problem unknown(String part, Inventory inventory) {
    Set<String> names = new LinkedHashSet<>();
    inventory.hosts().forEach(host -> names.add(host.name()));
    inventory.groups().forEach(group -> names.add(group.name()));
    return new Problem(
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
