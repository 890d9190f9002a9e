package dev.belay.yaml;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Position;
import dev.belay.problem.SourceMap;
import java.util.Optional;

/** A piece of a YAML file that knows where it stands. */
public sealed interface Node {

  /** Where its first character is. */
  Position at();

  /**
   * A single value.
   *
   * @param value the value by YAML 1.1's rules, as Ansible reads it: None, Boolean, Long,
   *     BigInteger, Double or String; a Template where it is encrypted
   * @param text as it stands in the file, without quotes, escapes resolved
   * @param tag {@code !vault} or {@code !unsafe} where one was written; else empty
   * @param source knows the place of each character of {@code text}
   */
  record Scalar(Object value, String text, String tag, SourceMap source) implements Node {
    @Override
    public Position at() {
      return source.at(0);
    }
  }

  record Sequence(ImmutableList<Node> items, Position at) implements Node {}

  /** Keys are unique. */
  record Mapping(ImmutableList<Entry> entries, Position at) implements Node {

    /** The entry of that name. */
    public Optional<Entry> find(String name) {
      for (Entry entry : entries) {
        if (entry.key.text.equals(name)) {
          return Optional.of(entry);
        }
      }
      return Optional.empty();
    }

    public Optional<Node> value(String name) {
      return find(name).map(Entry::value);
    }
  }

  /** One line of a mapping. */
  record Entry(Scalar key, Node value) {
    public String name() {
      return key.text;
    }
  }
}
