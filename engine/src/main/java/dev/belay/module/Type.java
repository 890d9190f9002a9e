package dev.belay.module;

/** What kind of value a parameter takes; {@link #label} is Ansible's word for it. */
public enum Type {
  /**
   * Text. A whole or decimal number is taken for its digits; a boolean is refused, for it has no
   * one spelling.
   */
  TEXT("str"),
  /** Text or any other scalar, where a boolean reads as {@code True} or {@code False}. */
  SCALAR("str"),
  /** An absolute path on the host. */
  PATH("path"),
  INTEGER("int"),
  NUMBER("float"),
  /** A boolean, or one of the words that Ansible takes for one. */
  FLAG("bool"),
  /** A list; a single value counts as a list of it, a text is split at its commas. */
  LIST("list"),
  DICT("dict"),
  /** A file mode: {@code '0644'}, or symbolic. */
  MODE("mode"),
  /** Any value as it is. */
  ANY("raw"),
  /** A path on the control side, which the engine opens: arrives as {@link Content}. */
  CONTENT("path"),
  /**
   * A path on the control side, which arrives as {@link Content}; where the task says {@code
   * remote_src} (or {@code copy: false}) a path or URL that the host opens, which arrives as text.
   */
  SOURCE("path"),
  /** A path on the control side that the module looks for: arrives as {@link ControlFile}. */
  CONTROL("path"),
  /** A path on the control side where something is to be: arrives as {@link ControlPlace}. */
  PLACE("path"),
  /** A number that the run's {@code -v} must reach: arrives as a {@link Condition}. */
  VERBOSITY("int"),
  /** One or more expressions without braces: arrive as {@link Condition}s. */
  CONDITIONS("list"),
  /** An expression without braces, or the name of a variable: arrives as its value. */
  EXPRESSION("str");

  private final String label;

  Type(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
