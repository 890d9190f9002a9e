package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/** How variables are written in a file, by who reads it. */
enum EnvDialect {
  /** Read by login shells, as POSIX sh: dash reads it too. */
  PROFILE("profile.d") {
    @Override
    String line(String name, String value) {
      return "export " + name + "=" + ProfileLine.quoted(value);
    }

    @Override
    Optional<ImmutableMap<String, String>> read(String line) {
      return ProfileLine.assignment(line);
    }
  },

  /** Read by docker and by systemd's EnvironmentFile, as far as the two agree: no quotes at all. */
  ENV_FILE("env-file") {
    @Override
    String line(String name, String value) {
      refuse(
          value.matches("[^\\s\"'\\\\#$`]*"),
          name,
          "an env-file: docker and systemd disagree about spaces, quotes, backslashes, # and $");
      return name + "=" + value;
    }

    @Override
    Optional<ImmutableMap<String, String>> read(String line) {
      return pair(line).filter(pair -> NAME.matcher(pair[0]).matches()).map(EnvDialect::map);
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
    Optional<ImmutableMap<String, String>> read(String line) {
      return UnitLine.environment(line);
    }

    @Override
    boolean isNothing(String line) {
      return super.isNothing(line)
          || line.strip().startsWith(";")
          || line.strip().equals("[Service]");
    }
  },

  /**
   * /etc/environment, read by pam_env for every session: no expansion at all, a '#' ends the value
   * wherever it is, and a value that begins with a quote loses its quotes. The file is the
   * system's, so that its other lines stay.
   */
  ENVIRONMENT("environment") {
    @Override
    String line(String name, String value) {
      refuse(
          !value.isEmpty() && value.equals(value.strip()) && value.matches("[^#\"'\\\\]*"),
          name,
          "/etc/environment: pam_env cuts at #, drops quotes and outer spaces, joins lines at a backslash, and takes an empty value for none");
      return name + "=" + value;
    }

    @Override
    Optional<ImmutableMap<String, String>> read(String line) {
      String cut = line.replaceFirst("#.*", "").strip().replaceFirst("^export ", "");
      return pair(cut)
          .filter(pair -> NAME.matcher(pair[0]).matches())
          .map(pair -> new String[] {pair[0], unquoted(pair[1])})
          .map(EnvDialect::map);
    }

    private String unquoted(String value) {
      return value.matches("[\"'].*") ? value.substring(1).replaceFirst("[\"']$", "") : value;
    }
  };

  static final java.util.regex.Pattern NAME =
      java.util.regex.Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

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

  /**
   * A line that sets the variable.
   *
   * @throws IllegalArgumentException where this dialect cannot say it
   */
  abstract String line(String name, String value);

  /** The variables that a line sets; empty where it is no such line or cannot be read exactly. */
  abstract Optional<ImmutableMap<String, String>> read(String line);

  /** Whether a line says nothing: it is blank or a comment. */
  boolean isNothing(String line) {
    return line.isBlank() || line.strip().startsWith("#");
  }

  /** Whether the file is the system's and not ours as a whole. */
  boolean isShared() {
    return this == ENVIRONMENT;
  }

  /** Who reads it. */
  EnvSchema.Scope scope() {
    return this == PROFILE || this == ENVIRONMENT
        ? EnvSchema.Scope.GLOBAL
        : EnvSchema.Scope.SERVICE;
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
      case ENVIRONMENT -> "/etc/environment";
    };
  }

  /** Name and value, split at the first equals sign: a value may begin with one. */
  private static Optional<String[]> pair(String line) {
    int equals = line.indexOf('=');
    return equals < 1
        ? Optional.empty()
        : Optional.of(new String[] {line.substring(0, equals), line.substring(equals + 1)});
  }

  private static ImmutableMap<String, String> map(String[] pair) {
    return ImmutableMap.of(pair[0], pair[1]);
  }

  private static void refuse(boolean fits, String name, String where) {
    if (!fits) {
      throw new IllegalArgumentException("the value of " + name + " cannot be written in " + where);
    }
  }
}
