package dev.belay.cli;

/**
 * How the console looks.
 *
 * @param verbosity how often {@code -v} was given
 */
record ConsoleStyle(boolean colours, boolean diff, int verbosity) {

  /** Ansible's colours. */
  enum Colour {
    GREEN("0;32"),
    YELLOW("0;33"),
    CYAN("0;36"),
    RED("0;31"),
    BRIGHT_RED("1;31"),
    PURPLE("0;35"),
    NONE("");

    private final String code;

    Colour(String code) {
      this.code = code;
    }
  }

  String in(Colour colour, String text) {
    return colours && colour != Colour.NONE
        ? "\u001b[" + colour.code + "m" + text + "\u001b[0m"
        : text;
  }
}
