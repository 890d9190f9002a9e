package dev.belay.yaml;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.template.Template;
import dev.belay.value.None;
import dev.belay.vault.Vault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Makes our nodes of the parser's: values by Ansible's rules, merges done, odd tags refused. Of
 * keys that stand twice the last one counts. What is inside an {@code !unsafe} list or mapping is
 * unsafe too.
 */
final class NodeMaker {
  private static final String UNSAFE = "!unsafe";
  private static final ImmutableSet<String> KEPT_TAGS =
      ImmutableSet.of("!vault", "!vault-encrypted", UNSAFE);
  private static final String STANDARD = Tag.PREFIX;

  /** How many values anchors may stand for beyond those that are written. */
  private static final long EXPANSION_LIMIT = 500_000;

  private final String file;
  private final SourcePlaces places;
  private final Vault vault;
  private final Problems problems;
  private final Map<org.snakeyaml.engine.v2.nodes.Node, Node> made = new IdentityHashMap<>();
  private final Deque<org.snakeyaml.engine.v2.nodes.Node> inside = new ArrayDeque<>();
  private int unsafe;

  NodeMaker(String file, String text, Vault vault, Problems problems) {
    this.vault = vault;
    this.file = file;
    places = new SourcePlaces(file, text);
    this.problems = problems;
  }

  /** The whole document. */
  Node document(org.snakeyaml.engine.v2.nodes.Node root) {
    Node document = node(root);
    long all = weight(document, new IdentityHashMap<>());
    if (all - made.size() > EXPANSION_LIMIT) {
      problems.add(
          document.at(),
          "the anchors of this file stand for more than " + EXPANSION_LIMIT + " values",
          "write them out, or use fewer");
      return new Node.Sequence(ImmutableList.of(), document.at());
    }
    return document;
  }

  /** How many nodes there would be if none were shared. */
  private static long weight(Node node, Map<Node, Long> known) {
    Long before = known.get(node);
    if (before != null) {
      return before;
    }
    long weight = 1;
    if (node instanceof Node.Sequence list) {
      for (Node item : list.items()) {
        weight = Math.min(Integer.MAX_VALUE, weight + weight(item, known));
      }
    } else if (node instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries()) {
        weight = Math.min(Integer.MAX_VALUE, weight + 1 + weight(entry.value(), known));
      }
    }
    known.put(node, weight);
    return weight;
  }

  /** Anchored nodes are made once and shared. */
  Node node(org.snakeyaml.engine.v2.nodes.Node node) {
    Node known = made.get(node);
    if (known != null) {
      return known;
    }
    if (inside.contains(node)) {
      problems.add(at(node), "this anchor is used inside of what it stands for");
      return new Node.Sequence(ImmutableList.of(), at(node));
    }
    inside.push(node);
    Node fresh = fresh(node);
    inside.pop();
    made.put(node, fresh);
    return fresh;
  }

  private Node fresh(org.snakeyaml.engine.v2.nodes.Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    boolean isUnsafe = node.getTag().getValue().equals(UNSAFE);
    unsafe += isUnsafe ? 1 : 0;
    Node made = collection(node);
    unsafe -= isUnsafe ? 1 : 0;
    return made;
  }

  private Node collection(org.snakeyaml.engine.v2.nodes.Node node) {
    if (!node.getTag().getValue().equals(UNSAFE)) {
      refuseTag(node);
    }
    return node instanceof SequenceNode sequence
        ? new Node.Sequence(
            sequence.getValue().stream().map(this::node).collect(ImmutableList.toImmutableList()),
            at(node))
        : mapping((MappingNode) node);
  }

  private Position at(org.snakeyaml.engine.v2.nodes.Node node) {
    return node.getStartMark()
        .map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1))
        .orElse(Position.of(file));
  }

  private Node.Scalar scalar(ScalarNode node) {
    String tag = node.getTag().getValue();
    if (!KEPT_TAGS.contains(tag)) {
      refuseTag(node);
      tag = unsafe > 0 ? UNSAFE : "";
    }
    Object value = tag.startsWith("!vault") ? encrypted(node) : value(node);
    return new Node.Scalar(value, node.getValue(), tag, places.of(node));
  }

  /** Opened when a host first needs it: a file may hold more than one has the passwords for. */
  private Object encrypted(ScalarNode node) {
    return Template.late("(encrypted)", vault.value(node.getValue()), at(node));
  }

  private void refuseTag(org.snakeyaml.engine.v2.nodes.Node node) {
    String tag = node.getTag().getValue();
    if (!tag.startsWith(STANDARD) || tag.startsWith(STANDARD + "python") || tag.contains("javax")) {
      problems.add(at(node), "the tag '" + tag + "' means nothing here", "remove it");
    }
  }

  private Object value(ScalarNode node) {
    Tag tag = node.getTag();
    String written = node.getValue();
    try {
      if (tag.equals(Tag.NULL)) {
        return None.NONE;
      } else if (tag.equals(Tag.BOOL)) {
        return AnsibleSchema.flag(written);
      } else if (tag.equals(Tag.INT)) {
        return AnsibleSchema.integer(written);
      }
      return tag.equals(Tag.FLOAT) ? (Object) AnsibleSchema.decimal(written) : written;
    } catch (NumberFormatException | NullPointerException e) {
      problems.add(at(node), "'" + written + "' is not what its tag says");
      return written;
    }
  }

  private Node mapping(MappingNode node) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    List<MappingNode> merged = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        if (key.getTag().equals(Tag.MERGE)) {
          merged.addAll(merges(tuple.getValueNode()));
        } else {
          put(entries, scalar(key), tuple.getValueNode());
        }
      } else {
        problems.add(
            at(tuple.getKeyNode()),
            "a list or mapping cannot be a key",
            "put a template in quotes: \"{{ … }}\"");
      }
    }
    merged.forEach(source -> merge(entries, source));
    return new Node.Mapping(ImmutableList.copyOf(entries.values()), at(node));
  }

  private void put(
      Map<String, Node.Entry> entries, Node.Scalar key, org.snakeyaml.engine.v2.nodes.Node value) {
    Node.Entry before = entries.get(key.text());
    if (before != null) {
      problems.warn(
          key.at(),
          "'"
              + key.text()
              + "' stands here a second time, first at line "
              + before.key().at().line()
              + "; the last one counts",
          "remove one of the two");
      entries.remove(key.text());
    }
    entries.put(
        key.text(), new Node.Entry(key, templateInKeyPlace(value) ? textOf(value) : node(value)));
  }

  /** {@code name: {{ x }}} is, to YAML, a mapping whose key is a mapping. */
  private static boolean templateInKeyPlace(org.snakeyaml.engine.v2.nodes.Node value) {
    return value instanceof MappingNode mapping
        && mapping.getValue().size() == 1
        && mapping.getValue().get(0).getKeyNode() instanceof MappingNode;
  }

  private Node textOf(org.snakeyaml.engine.v2.nodes.Node value) {
    problems.add(at(value), "a text that begins with {{ must be in quotes", "write \"{{ … }}\"");
    return new Node.Scalar("", "", "", offset -> at(value));
  }

  private List<MappingNode> merges(org.snakeyaml.engine.v2.nodes.Node value) {
    List<org.snakeyaml.engine.v2.nodes.Node> sources =
        value instanceof SequenceNode list ? list.getValue() : List.of(value);
    List<MappingNode> mappings = new ArrayList<>();
    for (org.snakeyaml.engine.v2.nodes.Node source : sources) {
      if (source instanceof MappingNode mapping) {
        mappings.add(mapping);
      } else {
        problems.add(at(source), "'<<' merges mappings, and this is none");
      }
    }
    return mappings;
  }

  private void merge(Map<String, Node.Entry> entries, MappingNode source) {
    if (node(source) instanceof Node.Mapping mapping) {
      mapping.entries().forEach(entry -> entries.putIfAbsent(entry.name(), entry));
    }
  }
}
