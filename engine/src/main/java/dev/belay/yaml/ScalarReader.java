package dev.belay.yaml;

import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Problems;
import dev.belay.problem.SourceMap;
import dev.belay.template.Template;
import dev.belay.value.None;
import dev.belay.vault.Vault;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Makes scalars of the parser's, and refuses tags that mean nothing. */
final class ScalarReader {
  static final String UNSAFE = "!unsafe";
  private static final ImmutableSet<String> KEPT_TAGS =
      ImmutableSet.of("!vault", "!vault-encrypted", UNSAFE);
  private static final String STANDARD = Tag.PREFIX;

  /** How long a text may be that is kept once where it stands often, as names of keys do. */
  private static final int SHORT = 40;

  private static final int KNOWN_SIZE = 4096;

  private final SourcePlaces places;
  private final Load load;
  private final Vault vault;
  private final Problems problems;
  private final String[] known = new String[KNOWN_SIZE];

  ScalarReader(SourcePlaces places, Load load, Vault vault, Problems problems) {
    this.places = places;
    this.load = load;
    this.vault = vault;
    this.problems = problems;
  }

  Node.Scalar scalar(ScalarEvent event, boolean unsafe) {
    String text = shared(event.getValue());
    load.add(Load.SCALAR);
    String tag = event.getTag().orElse("");
    boolean kept = KEPT_TAGS.contains(tag);
    if (!kept && !tag.isEmpty()) {
      refuse(tag, event);
    }
    SourceMap source = places.of(event, text);
    if (tag.startsWith("!vault")) {
      return new Node.Scalar(encrypted(text, source), text, tag, source);
    }
    Object value = value(event, text);
    if (value != text) {
      load.add(Load.VALUE);
    }
    return new Node.Scalar(value, text, unsafe || kept ? UNSAFE : "", source);
  }

  /** The same text where it was met lately. */
  private String shared(String text) {
    if (text.length() <= SHORT) {
      int slot = text.hashCode() & (KNOWN_SIZE - 1);
      if (text.equals(known[slot])) {
        return known[slot];
      }
      known[slot] = text;
    }
    load.add(Load.TEXT);
    load.addText(text.length());
    return text;
  }

  /** Opened when a host first needs it: a file may hold more than one has the passwords for. */
  private Object encrypted(String text, SourceMap source) {
    load.add(Load.SEALED);
    return Template.late("(encrypted)", vault.value(text), source.at(0));
  }

  void refuse(String tag, Event event) {
    boolean odd = !tag.startsWith(STANDARD) || tag.startsWith(STANDARD + "python");
    if (!tag.equals("!") && (odd || tag.contains("javax"))) {
      load.add(Load.PROBLEM);
      problems.add(places.at(event), "the tag '" + tag + "' means nothing here", "remove it");
    }
  }

  boolean isMerge(ScalarEvent event) {
    return event.getValue().equals("<<") && tag(event).equals(Tag.MERGE);
  }

  private static Tag tag(ScalarEvent event) {
    Optional<String> tag = event.getTag().filter(t -> !t.equals("!"));
    return tag.map(Tag::new)
        .orElseGet(
            () ->
                event.getImplicit().canOmitTagInPlainScalar()
                    ? AnsibleSchema.tag(event.getValue())
                    : Tag.STR);
  }

  private Object value(ScalarEvent event, String written) {
    Tag tag = tag(event);
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
      load.add(Load.PROBLEM);
      problems.add(places.at(event), "'" + written + "' is not what its tag says");
      return written;
    }
  }
}
