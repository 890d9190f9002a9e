package dev.belay.playbook;

import com.google.common.primitives.ImmutableIntArray;
import dev.belay.problem.SourceMap;
import dev.belay.yaml.Node;

/**
 * A text made of parts of another, which knows where each of its characters stands there: so that a
 * mistake in what is left of a line is shown at its place.
 *
 * @param places one for each character, and one for the end
 */
record PlacedText(String text, ImmutableIntArray places) {

  /** Collects characters. */
  static final class Builder {
    private final StringBuilder text = new StringBuilder();
    private final ImmutableIntArray.Builder places = ImmutableIntArray.builder();
    private int end;

    Builder add(CharSequence more, int place) {
      for (int i = 0; i < more.length(); i++) {
        text.append(more.charAt(i));
        places.add(place);
      }
      end = place + 1;
      return this;
    }

    Builder add(PlacedText more) {
      text.append(more.text);
      places.addAll(more.places.subArray(0, more.text.length()));
      end = more.places.get(more.text.length());
      return this;
    }

    boolean isAtLineStart() {
      return text.length() == 0 || text.charAt(text.length() - 1) == '\n';
    }

    PlacedText build() {
      return new PlacedText(text.toString(), places.add(end).build());
    }
  }

  static PlacedText of(String text, int place) {
    Builder all = new Builder();
    for (int i = 0; i < text.length(); i++) {
      all.add(text.substring(i, i + 1), place + i);
    }
    return text.isEmpty() ? new PlacedText("", ImmutableIntArray.of(place)) : all.build();
  }

  int start() {
    return places.get(0);
  }

  PlacedText part(int from, int to) {
    return new PlacedText(text.substring(from, to), places.subArray(from, to + 1).trimmed());
  }

  PlacedText stripped() {
    int from = text.length() - text.stripLeading().length();
    return part(from, Math.max(from, text.stripTrailing().length()));
  }

  /** The same without the quotes that are around it. */
  PlacedText unquoted() {
    int last = text.length() - 1;
    boolean quoted =
        last > 0
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(last) == text.charAt(0)
            && text.charAt(last - 1) != '\\';
    return quoted ? part(1, last) : this;
  }

  /** It as a value that stands in the text of {@code whole}. */
  Node.Scalar in(Node.Scalar whole) {
    SourceMap source = whole.source();
    return new Node.Scalar(
        text, text, whole.tag(), at -> source.at(places.get(Math.min(at, text.length()))));
  }
}
