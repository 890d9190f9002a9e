package dev.belay.modules;

import dev.belay.shell.Output;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How variables are written in a file, by who reads it. */
enum EnvDialect {
  /** Read by login shells, as POSIX sh. */
  PROFILE("profile.d") {
    @Override
    String line(String name, String value) {
      return "export "
          + name
          + "="
          + (value.matches("[A-Za-z0-9_./:,+@%-]+")
              ? value
              : "'" + value.replace("'", "'\\''") + "'");
    }

    @Override
    String value(String written) {
      return written.replace("'\\''", "\u0000").replace("'", "").replace('\u0000', '\'');
    }
  },
  /** Read by docker and by systemd's EnvironmentFile, as far as the two agree: no quotes at all. */
  ENV_FILE("env-file") {
    @Override
    String line(String name, String value) {
      if (!value.matches("[^\\s\"'\\\\#$`]*")) {
        throw new IllegalArgumentException(
            "the value of "
                + name
                + " cannot be written in an env-file: docker and systemd disagree about spaces, quotes, backslashes, # and $");
      }
      return name + "=" + value;
    }

    @Override
    String value(String written) {
      return written;
    }
  },
  /** A drop-in of a systemd unit. */
  SYSTEMD("systemd") {
    @Override
    String line(String name, String value) {
      return "Environment=\""
          + name
          + "="
          + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%")
          + "\"";
    }

    @Override
    String value(String written) {
      return written.replaceFirst("\"$", "").replace("%%", "%").replaceAll("\\\\(.)", "$1");
    }
  };

  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?:export\\s+|Environment=\"?)?([A-Za-z_][A-Za-z0-9_]*)=(.*)");

  private final String word;

  EnvDialect(String word) {
    this.word = word;
  }

  static EnvDialect of(String word) {
    for (EnvDialect dialect : values()) {
      if (dialect.word.equals(word)) {
        return dialect;
      }
    }
    throw new IllegalArgumentException("there is no dialect '" + word + "'");
  }

  abstract String line(String name, String value);

  abstract String value(String written);

  /** The variables that a file sets; lines that set none are not ours. */
  Map<String, String> read(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String line : Output.lines(text)) {
      Matcher assignment = ASSIGNMENT.matcher(line.strip());
      if (assignment.matches() && !line.strip().startsWith("#")) {
        variables.put(assignment.group(1), value(assignment.group(2)));
      }
    }
    return variables;
  }

  /** The whole file. */
  String write(Map<String, String> variables) {
    StringBuilder text =
        new StringBuilder("# Managed by belay.\n").append(this == SYSTEMD ? "[Service]\n" : "");
    variables.forEach((name, value) -> text.append(line(name, value)).append('\n'));
    return text.toString();
  }

  /** Where a file of this dialect is, where the user does not say. */
  String path(String name) {
    return switch (this) {
      case PROFILE -> "/etc/profile.d/zz-belay-" + name + ".sh";
      case ENV_FILE -> "/etc/belay/env/" + name + ".env";
      case SYSTEMD ->
          "/etc/systemd/system/"
              + (name.contains(".") ? name : name + ".service")
              + ".d/90-belay.conf";
    };
  }
}
