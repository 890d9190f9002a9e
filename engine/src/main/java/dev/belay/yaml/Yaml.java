package dev.belay.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.vault.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML as Ansible reads it, and remembers where everything stands. Mistakes become problems,
 * never exceptions.
 */
public final class Yaml {
  /** In bytes. Inventories of a hundred thousand hosts are half of it. */
  private static final int SIZE_LIMIT = 16 * 1024 * 1024;

  /**
   * How deep lists and mappings may nest: far beyond what people write, and short of what the stack
   * holds.
   */
  private static final int DEPTH_LIMIT = 200;

  /** How often anchors may be used; what they stand for is shared, not copied. */
  private static final int ALIAS_LIMIT = 1000;

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
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(clear)).toString());
    } catch (NoSuchFileException e) {
      problems.add(at, "there is no such file");
    } catch (CharacterCodingException e) {
      problems.add(at, "this file is not text in UTF-8", "save it as UTF-8");
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
    return documents(file, text, vault, problems, composer -> composer.getSingleNode().stream())
        .findFirst();
  }

  /** All documents in a text. */
  public static ImmutableList<Node> documents(String file, String text, Problems problems) {
    return documents(file, text, Vault.locked(), problems, Streams::stream)
        .collect(ImmutableList.toImmutableList());
  }

  private static Stream<Node> documents(
      String file,
      String text,
      Vault vault,
      Problems problems,
      Function<Composer, Stream<org.snakeyaml.engine.v2.nodes.Node>> chosen) {
    String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (text.length() > SIZE_LIMIT) {
      problems.add(Position.of(file), "this text is larger than " + SIZE_LIMIT + " characters");
      return Stream.of();
    }
    try {
      refuseDepth(file, clean);
      return chosen
          .apply(composer(settings(file, clean), clean))
          .map(node -> new NodeMaker(file, clean, vault, problems).document(node))
          .toList()
          .stream();
    } catch (StackOverflowError e) {
      problems.add(Position.of(file), "lists and mappings nest too deep here");
    } catch (TooDeepException e) {
      problems.add(e.at, "lists and mappings nest more than " + DEPTH_LIMIT + " deep here");
    } catch (BoundedParser.TooManyException e) {
      problems.add(
          place(file, e.mark()),
          "this file holds more than " + BoundedParser.LIMIT + " values",
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
    return Stream.of();
  }

  private static Composer composer(LoadSettings settings, String text) {
    StreamReader reader = new StreamReader(settings, text);
    return new Composer(settings, new BoundedParser(new ParserImpl(settings, reader)));
  }

  private static LoadSettings settings(String file, String text) {
    return LoadSettings.builder()
        .setLabel(file)
        .setUseMarks(true)
        .setSchema(new AnsibleSchema())
        .setAllowNonScalarKeys(true)
        .setMaxAliasesForCollections(ALIAS_LIMIT)
        .setCodePointLimit(SIZE_LIMIT)
        .setBufferSize(Math.max(1, Math.min(text.length(), PORTION)))
        .build();
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

  /** Looks at brackets before the parser does, which goes down one call for each. */
  private static void refuseDepth(String file, String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '[' || c == '{') {
        depth++;
      } else if (c == ']' || c == '}') {
        depth = Math.max(0, depth - 1);
      } else if (c == '\n'
          && (i + 1 == text.length() || !Character.isWhitespace(text.charAt(i + 1)))) {
        depth = 0;
      }
      if (depth > DEPTH_LIMIT) {
        throw new TooDeepException(new SourcePlaces(file, text).at(i));
      }
    }
    refuseIndentation(file, text);
    refuseLines(file, text);
  }

  private static void refuseIndentation(String file, String text) {
    int dashes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      dashes =
          c == '\n' ? 0 : c == '-' || c == '?' ? dashes + 1 : c == ' ' ? dashes : -text.length();
      if (dashes > DEPTH_LIMIT && text.startsWith("- - ", Math.max(0, i - 3))) {
        throw new TooDeepException(new SourcePlaces(file, text).at(i));
      }
    }
  }

  /** Lines that each stand farther in than the one before. */
  private static void refuseLines(String file, String text) {
    Deque<Integer> levels = new ArrayDeque<>();
    for (int at = 0; at < text.length(); at = lineEnd(text, at) + 1) {
      int start = at;
      while (start < text.length() && " -?".indexOf(text.charAt(start)) >= 0) {
        start++;
      }
      int level = start - at;
      if (start >= text.length() || text.charAt(start) == '\n') {
        continue;
      }
      while (!levels.isEmpty() && levels.peek() >= level) {
        levels.pop();
      }
      levels.push(level);
      if (levels.size() > DEPTH_LIMIT) {
        throw new TooDeepException(new SourcePlaces(file, text).at(start));
      }
    }
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static final class TooDeepException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Position at;

    TooDeepException(Position at) {
      super("too deep", null, false, false);
      this.at = at;
    }
  }
}
