package dev.belay.modules;

import dev.belay.module.Args;
import dev.belay.module.Parameter;
import dev.belay.module.Type;
import java.util.Locale;

/** What users and groups have in common. */
final class Accounts {
  private Accounts() {}

  /** Whether one is wanted. */
  enum State {
    PRESENT,
    ABSENT;

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the accounts of the host's own files are meant, by libuser's commands. */
  static final Parameter LOCAL =
      Parameter.optional(
              "local",
              Type.FLAG,
              "Only false: libuser's commands, which true asks for, are not used.")
          .defaultsTo(false);

  /** Refuses {@link #LOCAL}, where it is true. */
  static void notLocal(Args args) {
    if (args.flag("local")) {
      throw new IllegalArgumentException(
          "'local: true' is not supported: it needs libuser's commands; leave it out");
    }
  }

  /**
   * A name, as far as the files of accounts can hold it; what else it must be, the host's own tools
   * say.
   *
   * @throws IllegalArgumentException where they cannot
   */
  static String name(String name) {
    if (!name.matches("[^-:,/\\s\\p{Cntrl}][^:,/\\s\\p{Cntrl}]*")) {
      throw new IllegalArgumentException("'" + name + "' is no name of a user or a group");
    }
    return name;
  }

  /**
   * A field of the file of users.
   *
   * @throws IllegalArgumentException where it would end the field or the line
   */
  static String field(String parameter, String value) {
    if (value.indexOf(':') >= 0 || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException(
          "'" + parameter + "' must have no colon and no line break");
    }
    return value;
  }
}
