package dev.belay.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Utf8;
import com.google.common.collect.ImmutableList;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.vault.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML as Ansible reads it, and remembers where everything stands. Mistakes become problems,
 * never exceptions.
 */
public final class Yaml {
  /**
   * In bytes: an inventory of some eighty thousand hosts, or a playbook of forty thousand tasks.
   * The parser takes up to ten times as much for one long text.
   */
  private static final int SIZE_LIMIT = 8 * 1024 * 1024;

  /** How much of a text the parser takes at once: it copies what it has whenever it takes more. */
  private static final int PORTION = 1024 * 1024;

  private Yaml() {}

  /**
   * The document in a file; empty where there is none, or it cannot be read, which the problems
   * then say.
   */
  public static Optional<Node> read(Path file, Problems problems) {
    return read(file, Vault.locked(), problems);
  }

  /** The same, where the file, or values in it, may be encrypted. */
  public static Optional<Node> read(Path file, Vault vault, Problems problems) {
    return text(file, vault, problems)
        .flatMap(text -> read(file.toString(), text, vault, problems));
  }

  /** The text of a file that may be encrypted. */
  public static Optional<String> text(Path file, Vault vault, Problems problems) {
    Position at = Position.of(file.toString());
    try (InputStream stream = Files.newInputStream(file)) {
      // Not by its size, of which pipes and devices know nothing.
      byte[] bytes = stream.readNBytes(SIZE_LIMIT + 1);
      if (bytes.length > SIZE_LIMIT) {
        problems.add(at, "this file is larger than " + SIZE_LIMIT + " bytes", "split it");
        return Optional.empty();
      }
      byte[] clear = vault.clear(bytes);
      if (Utf8.isWellFormed(clear)) {
        return Optional.of(new String(clear, UTF_8));
      }
      problems.add(at, "this file is not text in UTF-8", "save it as UTF-8");
    } catch (NoSuchFileException e) {
      problems.add(at, "there is no such file");
    } catch (IOException e) {
      problems.add(at, "this file cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      problems.add(new Position(file.toString(), 1, 1), e.getMessage());
    }
    return Optional.empty();
  }

  /** The document in a text; {@code file} is what its positions name. */
  public static Optional<Node> read(String file, String text, Problems problems) {
    return read(file, text, Vault.locked(), problems);
  }

  /** The same, where values in it may be encrypted. */
  public static Optional<Node> read(String file, String text, Vault vault, Problems problems) {
    return nodes(file, text, vault, problems, reader -> reader.document().stream().toList())
        .stream()
        .findFirst();
  }

  /** All documents in a text. */
  public static ImmutableList<Node> documents(String file, String text, Problems problems) {
    return nodes(file, text, Vault.locked(), problems, NodeReader::documents);
  }

  private static ImmutableList<Node> nodes(
      String file,
      String text,
      Vault vault,
      Problems problems,
      Function<NodeReader, List<Node>> chosen) {
    String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (text.length() > SIZE_LIMIT) {
      problems.add(Position.of(file), "this text is larger than " + SIZE_LIMIT + " characters");
      return ImmutableList.of();
    }
    try {
      Load load = Load.of(clean);
      SourcePlaces places = new SourcePlaces(file, clean);
      return ImmutableList.copyOf(
          chosen.apply(new NodeReader(parser(file, clean), places, load, vault, problems)));
    } catch (RefusedException e) {
      problems.add(e.problem());
    } catch (Load.TooMuchException e) {
      problems.add(
          Position.of(file),
          "what stands in this file takes more than " + Load.LIMIT / 1024 / 1024 + " MB of memory",
          "split it");
    } catch (MarkedYamlEngineException e) {
      problems.add(place(file, e.getProblemMark().or(e::getContextMark)), said(e), remedy(e));
    } catch (ReaderException e) {
      problems.add(
          new SourcePlaces(file, clean).at(e.getPosition()),
          "a character that YAML does not allow",
          "remove it");
    } catch (YamlEngineException e) {
      problems.add(Position.of(file), String.valueOf(e.getMessage()));
    }
    return ImmutableList.of();
  }

  private static Parser parser(String file, String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setUseMarks(true)
            .setCodePointLimit(SIZE_LIMIT)
            .setBufferSize(Math.max(1, Math.min(text.length(), PORTION)))
            .build();
    return new ParserImpl(settings, new StreamReader(settings, text));
  }

  private static String said(MarkedYamlEngineException e) {
    String context = e.getContext() == null ? "" : " " + e.getContext();
    return "this is not YAML: " + e.getProblem() + context;
  }

  private static String remedy(MarkedYamlEngineException e) {
    String problem = String.valueOf(e.getProblem());
    if (problem.contains("mapping values are not allowed")) {
      return "put a text that holds ': ' in quotes, or mend the indentation";
    }
    if (problem.contains("cannot start any token")) {
      return "indent with spaces, and put a text that begins with a special character in quotes";
    }
    return problem.contains("expected <block end>") ? "mend the indentation" : "";
  }

  private static Position place(String file, Optional<Mark> mark) {
    return mark.map(m -> new Position(file, m.getLine() + 1, m.getColumn() + 1))
        .orElse(Position.of(file));
  }
}
