package dev.belay.module;

/**
 * How a template file is marked up.
 *
 * @param trimBlocks whether a line end right behind a statement or comment goes with it
 * @param lstripBlocks whether spaces between the start of a line and a statement or comment go
 * @param newline what ends a line of the result: {@code \n}, {@code \r} or {@code \r\n}
 */
public record TemplateSyntax(
    String blockStart,
    String blockEnd,
    String variableStart,
    String variableEnd,
    String commentStart,
    String commentEnd,
    boolean trimBlocks,
    boolean lstripBlocks,
    String newline) {

  /** As texts of playbooks are read. */
  public static final TemplateSyntax USUAL =
      new TemplateSyntax("{%", "%}", "{{", "}}", "{#", "#}", true, false, "\n");

  /** The same with other marks around expressions. */
  public TemplateSyntax withVariables(String start, String end) {
    return new TemplateSyntax(
        blockStart,
        blockEnd,
        start,
        end,
        commentStart,
        commentEnd,
        trimBlocks,
        lstripBlocks,
        newline);
  }

  /** The same with other marks around comments. */
  public TemplateSyntax withComments(String start, String end) {
    return new TemplateSyntax(
        blockStart,
        blockEnd,
        variableStart,
        variableEnd,
        start,
        end,
        trimBlocks,
        lstripBlocks,
        newline);
  }
}
