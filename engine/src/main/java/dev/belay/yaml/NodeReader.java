package dev.belay.yaml;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.vault.Vault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Makes nodes of what the parser meets, as it meets it: values by Ansible's rules, odd tags
 * refused. The library's own tree, which would stand beside ours, took two thirds of all memory.
 * What is inside an {@code !unsafe} list or mapping is unsafe too.
 */
final class NodeReader {
  /**
   * How deep lists and mappings may nest: far beyond what people write, and short of what the stack
   * holds.
   */
  private static final int DEPTH_LIMIT = 200;

  /** How often anchors may be used; what they stand for is shared, not copied. */
  private static final int ALIAS_LIMIT = 1000;

  /** How many values anchors may stand for beyond those that are written. */
  private static final long EXPANSION_LIMIT = 500_000;

  private final Parser parser;
  private final SourcePlaces places;
  private final ScalarReader scalars;
  private final Problems problems;
  private final Load load;
  private final Map<Anchor, Optional<Anchored>> anchors = new HashMap<>();
  private int depth;
  private int unsafe;
  private int aliases;
  private long written;
  private long meant;

  /** What an anchor stands for, and how many values that is. */
  private record Anchored(Node node, long values) {}

  NodeReader(Parser parser, SourcePlaces places, Load load, Vault vault, Problems problems) {
    this.parser = parser;
    this.places = places;
    this.load = load;
    this.problems = problems;
    scalars = new ScalarReader(places, load, vault, problems);
  }

  /** The only document; empty where there is none. */
  Optional<Node> document() {
    parser.next();
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      return Optional.empty();
    }
    parser.next();
    Node document = node();
    parser.next();
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      throw new RefusedException(
          places.at(parser.peekEvent()), "a second document begins here", "put it in its own file");
    }
    return Optional.of(document);
  }

  /** All documents. */
  List<Node> documents() {
    List<Node> documents = new ArrayList<>();
    parser.next();
    while (!parser.checkEvent(Event.ID.StreamEnd)) {
      parser.next();
      documents.add(node());
      parser.next();
      anchors.clear();
    }
    return documents;
  }

  /** The next value. */
  Node node() {
    Event event = parser.next();
    if (event instanceof AliasEvent alias) {
      return alias(alias);
    }
    count(1);
    if (event instanceof ScalarEvent scalar) {
      Node made = scalars.scalar(scalar, unsafe > 0);
      anchor(scalar, new Anchored(made, 1));
      return made;
    }
    return collection((CollectionStartEvent) event);
  }

  private void count(long values) {
    written++;
    meant += values;
    if (meant - written > EXPANSION_LIMIT) {
      throw new RefusedException(
          places.at(0),
          "the anchors of this file stand for more than " + EXPANSION_LIMIT + " values",
          "write them out, or use fewer");
    }
  }

  private Node alias(AliasEvent alias) {
    Position at = places.at(alias);
    Anchor name = alias.getAlias();
    if (!anchors.containsKey(name)) {
      throw new RefusedException(at, "there is no anchor '&" + name + "' before this", "");
    } else if (anchors.get(name).isEmpty()) {
      load.add(Load.PROBLEM);
      problems.add(at, "this anchor is used inside of what it stands for");
      return new Node.Sequence(ImmutableList.of(), at);
    }
    Anchored anchored = anchors.get(name).get();
    if (!(anchored.node instanceof Node.Scalar) && ++aliases > ALIAS_LIMIT) {
      throw new RefusedException(
          at, "anchors are used more than " + ALIAS_LIMIT + " times", "write out what they are");
    }
    load.add(Load.REFERENCE);
    count(anchored.values);
    return anchored.node;
  }

  private Node collection(CollectionStartEvent start) {
    if (++depth > DEPTH_LIMIT) {
      throw new RefusedException(
          places.at(start), "lists and mappings nest more than " + DEPTH_LIMIT + " deep here", "");
    }
    load.add(Load.COLLECTION);
    long before = meant - 1;
    boolean isUnsafe = start.getTag().filter(ScalarReader.UNSAFE::equals).isPresent();
    if (!isUnsafe) {
      start.getTag().ifPresent(tag -> scalars.refuse(tag, start));
    }
    start.getAnchor().ifPresent(name -> anchors.put(name, Optional.empty()));
    unsafe += isUnsafe ? 1 : 0;
    Node made =
        start instanceof SequenceStartEvent
            ? sequence(places.at(start))
            : new MappingReader(this, parser, places, load, problems).read(places.at(start));
    unsafe -= isUnsafe ? 1 : 0;
    depth--;
    anchor(start, new Anchored(made, meant - before));
    return made;
  }

  private void anchor(NodeEvent event, Anchored anchored) {
    event
        .getAnchor()
        .ifPresent(
            name -> {
              load.add(Load.ANCHOR);
              anchors.put(name, Optional.of(anchored));
            });
  }

  private Node sequence(Position at) {
    ImmutableList.Builder<Node> items = ImmutableList.builder();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      items.add(node());
    }
    parser.next();
    return new Node.Sequence(items.build(), at);
  }

  /** A key, which is counted as a value. */
  Node.Scalar key(ScalarEvent event) {
    count(1);
    Node.Scalar key = scalars.scalar(event, unsafe > 0);
    anchor(event, new Anchored(key, 1));
    return key;
  }

  /** What an anchor in the place of a key stands for. */
  Node key(AliasEvent event) {
    return alias(event);
  }

  boolean isMerge(ScalarEvent event) {
    return scalars.isMerge(event);
  }
}
