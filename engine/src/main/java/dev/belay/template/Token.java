package dev.belay.template;

/**
 * A word of the expression language.
 *
 * @param text of an operator or name as written; of a string its value, of a number its digits
 * @param start offset of its first character in the text that is compiled
 */
record Token(Kind kind, String text, int start) {

  enum Kind {
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }

  boolean is(String operatorOrWord) {
    return (kind == Kind.OPERATOR || kind == Kind.NAME) && text.equals(operatorOrWord);
  }

  /** For messages. */
  String shown() {
    return kind == Kind.END ? "the end" : "'" + text + "'";
  }
}
