package dev.belay.yaml;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.parser.Parser;

/** One mapping, merges done. Of keys that stand twice the last one counts. */
final class MappingReader {
  private final NodeReader nodes;
  private final Parser parser;
  private final SourcePlaces places;
  private final Load load;
  private final Problems problems;
  private final Map<String, Node.Entry> entries = new LinkedHashMap<>();
  private final List<Node> merged = new ArrayList<>();
  private final List<Position> oddKeys = new ArrayList<>();
  private boolean oddKeyIsMapping;
  private int pairs;

  MappingReader(
      NodeReader nodes, Parser parser, SourcePlaces places, Load load, Problems problems) {
    this.nodes = nodes;
    this.parser = parser;
    this.places = places;
    this.load = load;
    this.problems = problems;
  }

  /** What stands up to the mapping's end. */
  Node read(Position at) {
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      pairs++;
      pair(parser.next());
    }
    parser.next();
    if (pairs == 1 && oddKeyIsMapping) {
      load.add(Load.PROBLEM);
      // {{ x }} is, to YAML, a mapping whose key is a mapping.
      problems.add(at, "a text that begins with {{ must be in quotes", "write \"{{ … }}\"");
      return new Node.Scalar("", "", "", offset -> at);
    }
    oddKeys.forEach(this::refuse);
    merged.forEach(this::merge);
    load.remove(Load.OPEN_ENTRY * entries.size());
    return new Node.Mapping(ImmutableList.copyOf(entries.values()), at);
  }

  private void refuse(Position key) {
    load.add(Load.PROBLEM);
    problems.add(key, "a list or mapping cannot be a key", "put a template in quotes: \"{{ … }}\"");
  }

  private void pair(Event key) {
    if (key instanceof ScalarEvent scalar) {
      if (nodes.isMerge(scalar)) {
        sources();
      } else {
        put(nodes.key(scalar), nodes.node());
      }
    } else if (key instanceof AliasEvent alias && nodes.key(alias) instanceof Node.Scalar scalar) {
      put(scalar, nodes.node());
    } else {
      load.add(Load.REFERENCE);
      oddKeys.add(places.at(key));
      oddKeyIsMapping = key instanceof MappingStartEvent;
      passOver(key);
      passOver(parser.next());
    }
  }

  /** Not by calls, which such a key may want many of. */
  private void passOver(Event event) {
    int inside = event instanceof CollectionStartEvent ? 1 : 0;
    while (inside > 0) {
      Event next = parser.next();
      inside += next instanceof CollectionStartEvent ? 1 : 0;
      inside -= next instanceof CollectionEndEvent ? 1 : 0;
    }
  }

  private void put(Node.Scalar key, Node value) {
    Optional<Node.Entry> before = Optional.ofNullable(entries.remove(key.text()));
    before.ifPresentOrElse(entry -> tell(key, entry), () -> load.add(Load.ENTRY + Load.OPEN_ENTRY));
    entries.put(key.text(), new Node.Entry(key, value));
  }

  private void tell(Node.Scalar key, Node.Entry before) {
    load.add(Load.PROBLEM);
    problems.warn(
        key.at(),
        "'"
            + key.text()
            + "' stands here a second time, first at line "
            + before.key().at().line()
            + "; the last one counts",
        "remove one of the two");
  }

  private void sources() {
    Node value = nodes.node();
    merged.addAll(value instanceof Node.Sequence list ? list.items() : ImmutableList.of(value));
  }

  private void merge(Node source) {
    if (source instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries()) {
        if (entries.putIfAbsent(entry.name(), entry) == null) {
          load.add(Load.OPEN_ENTRY);
        }
      }
    } else {
      load.add(Load.PROBLEM);
      problems.add(source.at(), "'<<' merges mappings, and this is none");
    }
  }
}
