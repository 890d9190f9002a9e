package dev.belay.module;

import dev.belay.shell.Output;
import java.util.Optional;

/** What came of reading a file on a host: unreadable is not absent. */
public sealed interface FileText {

  record Present(String text) implements FileText {}

  record Absent() implements FileText {}

  record Unreadable(String why) implements FileText {}

  /** The text, where there is one. */
  default Optional<String> ifPresent() {
    return this instanceof Present present ? Optional.of(present.text) : Optional.empty();
  }

  /** Reads the answer to a {@link Question.Text}. */
  static FileText of(Output output) {
    if (output.cut() > 0) {
      return new Unreadable("it is too large to be read whole");
    }
    return switch (output.status()) {
      case 0 -> new Present(output.out());
      case 3 -> new Absent();
      default -> new Unreadable(output.err().strip());
    };
  }
}
