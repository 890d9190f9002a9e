package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.shell.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A file of sources, one-line or deb822 by its name, as pieces: lines, or stanzas with what stands
 * before them. What is not touched stays byte for byte.
 */
record AptSourcesFile(String path, ImmutableList<Piece> pieces) {

  /** A part of the file and the sources that it stands for while it is in force. */
  record Piece(String text, ImmutableList<AptSource> sources) {}

  static AptSourcesFile of(String path, String text) {
    return new AptSourcesFile(path, path.endsWith(".sources") ? stanzas(text) : lines(text));
  }

  private static ImmutableList<Piece> lines(String text) {
    return Output.lines(text).stream()
        .map(
            line ->
                new Piece(
                    line + "\n",
                    AptSource.ofLine(line).map(ImmutableList::of).orElse(ImmutableList.of())))
        .collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<Piece> stanzas(String text) {
    ImmutableList.Builder<Piece> pieces = ImmutableList.builder();
    StringBuilder stanza = new StringBuilder();
    for (String line : Output.lines(text)) {
      stanza.append(line).append('\n');
      if (line.isBlank()) {
        pieces.add(stanza(stanza.toString()));
        stanza.setLength(0);
      }
    }
    if (!stanza.isEmpty()) {
      pieces.add(stanza(stanza.toString()));
    }
    return pieces.build();
  }

  private static Piece stanza(String text) {
    ImmutableMap<String, String> fields = fields(text);
    boolean off =
        fields.getOrDefault("enabled", "yes").strip().matches("(?i)no|false|0|off|without|disable");
    return new Piece(text, off ? ImmutableList.of() : AptSource.ofStanza(fields));
  }

  private static ImmutableMap<String, String> fields(String stanza) {
    Map<String, String> fields = new LinkedHashMap<>();
    String last = "";
    for (String line : Output.lines(stanza)) {
      int colon = line.indexOf(':');
      if (line.startsWith("#")) {
        continue;
      } else if (line.startsWith(" ") || line.startsWith("\t")) {
        fields.computeIfPresent(last, (name, value) -> value + "\n" + line.strip());
      } else if (colon > 0) {
        last = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        fields.put(last, line.substring(colon + 1).strip());
      }
    }
    return ImmutableMap.copyOf(fields);
  }

  ImmutableList<AptSource> sources() {
    return pieces.stream()
        .flatMap(piece -> piece.sources().stream())
        .collect(ImmutableList.toImmutableList());
  }

  String text() {
    return pieces.stream().map(Piece::text).collect(Collectors.joining());
  }

  /** Without the sources. Empty where a stanza says more than what is to go. */
  Optional<String> without(List<AptSource> gone) {
    return changed(
        piece -> piece.sources().stream().anyMatch(source -> source.isTouchedBy(gone)),
        piece ->
            piece.sources().stream().allMatch(source -> source.goesWith(gone))
                ? Optional.of("")
                : Optional.empty());
  }

  /** With the pieces that stand for such sources taken out of force, and still to be read. */
  String disabled(java.util.function.Predicate<AptSource> which) {
    return changed(
            piece -> piece.sources().stream().anyMatch(which),
            piece -> Optional.of(disabled(piece.text())))
        .orElseThrow();
  }

  private Optional<String> changed(
      java.util.function.Predicate<Piece> which, Function<Piece, Optional<String>> how) {
    List<String> texts = new ArrayList<>();
    for (Piece piece : pieces) {
      Optional<String> text = which.test(piece) ? how.apply(piece) : Optional.of(piece.text());
      if (text.isEmpty()) {
        return Optional.empty();
      }
      texts.add(text.get());
    }
    return Optional.of(String.join("", texts));
  }

  private String disabled(String text) {
    if (!path.endsWith(".sources")) {
      return "# " + text;
    }
    List<String> lines = new ArrayList<>(Output.lines(text));
    lines.removeIf(line -> line.matches("(?i)enabled\\s*:.*"));
    int first = 0;
    while (first < lines.size() && lines.get(first).startsWith("#")) {
      first++;
    }
    lines.add(first, "Enabled: no");
    return String.join("\n", lines) + "\n";
  }

  /** With a commented line that says so back in force; empty where there is none. */
  Optional<String> revived(AptSource source) {
    if (path.endsWith(".sources")) {
      return Optional.empty();
    }
    boolean[] found = {false};
    String text =
        pieces.stream()
            .map(
                piece -> {
                  String bare = piece.text().replaceFirst("^\\s*#+\\s*", "");
                  boolean same =
                      piece.text().stripLeading().startsWith("#")
                          && AptSource.ofLine(bare).filter(source::equals).isPresent();
                  found[0] |= same;
                  return same ? bare : piece.text();
                })
            .collect(Collectors.joining());
    return found[0] ? Optional.of(text) : Optional.empty();
  }
}
