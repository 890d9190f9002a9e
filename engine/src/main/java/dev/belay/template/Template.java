package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.TemplateSyntax;
import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import dev.belay.value.None;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A text of the user's with {@code {{ … }}} or {@code {% … %}} in it, compiled once and rendered
 * for each host.
 *
 * <p>Only text that a user wrote can become one: what a host says is a String, and stays one.
 */
public final class Template {
  private static final ImmutableSet<String> TEXT_FILTERS =
      ImmutableSet.of("string", "to_json", "to_nice_json", "to_yaml", "to_nice_yaml");

  private final String text;
  private final ImmutableList<Statement> statements;

  private final Of of;

  private enum Of {
    /** Where None is printed, there is nothing. */
    TEXT,
    /** None is a value. */
    EXPRESSION
  }

  private Template(String text, ImmutableList<Statement> statements) {
    this(text, statements, Of.TEXT);
  }

  private Template(String text, ImmutableList<Statement> statements, Of of) {
    this.text = text;
    this.statements = statements;
    this.of = of;
  }

  /**
   * The value for a text of a playbook: a template where the text holds any of the language's
   * marks, the text itself where not.
   *
   * @throws ProblemsException where it is not well formed, with the place of the character
   */
  public static Object of(String text, SourceMap source) {
    if (!text.contains("{{") && !text.contains("{%") && !text.contains("{#")) {
      return text;
    }
    return new Template(text, StatementParser.ofValue(text, source).parse());
  }

  /**
   * A text that is found when a host first needs it, such as one that is encrypted. It is data:
   * marks of the language inside of it mean nothing.
   *
   * @param shown what stands for it where it is not rendered
   * @param text throws IllegalArgumentException where it cannot be found, which then gets the place
   */
  public static Template late(String shown, Supplier<String> text, Position at) {
    return new Template(
        shown, ImmutableList.of(new Statement.Printed(new Tree.Late(text, at), at)));
  }

  /**
   * A template file. Line ends of whatever kind count as one, and the file's last one is not its
   * last statement's to take.
   *
   * @throws ProblemsException where it is not well formed, with the place of the character
   */
  public static Template file(String text, SourceMap source, TemplateSyntax syntax) {
    String lines = lines(text);
    String body = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    return new Template(text, StatementParser.ofFile(body, source, syntax).parse());
  }

  /** The text of a template file as its places are counted: every line ends with one character. */
  public static String lines(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  /**
   * What the file says for these variables: always text, and it ends with as many line ends as the
   * file does, at least.
   *
   * @param newline a line end of the result
   */
  public String write(Scope scope, String newline) {
    return write(new Evaluation(scope), newline);
  }

  /** The same where it is a part of a larger evaluation. */
  String write(Evaluation in, String newline) {
    String written = Deep.guard(() -> Statement.written(statements, in));
    int missing = endings(text) - endings(written);
    return missing > 0 ? written + newline.repeat(missing) : written;
  }

  private static int endings(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    return text.length() - end;
  }

  /**
   * An expression's value as {@code {{ expression }}} would give it, with backslashes as in Jinja.
   */
  public static Template ofExpression(String expression, SourceMap source) {
    Tree tree = Parser.parse(expression, 0, expression.length(), source, Lexer.Backslash.ESCAPES);
    return new Template(
        expression, ImmutableList.of(new Statement.Printed(tree, source.at(0))), Of.EXPRESSION);
  }

  /** What it says inside of another template. */
  String write(Evaluation in) {
    return Statement.written(statements, in);
  }

  /**
   * Its value for these variables. A text that is one {@code {{ expression }}} and nothing else
   * keeps the type of the expression's value, but for None, which is an empty text; any other
   * becomes text. Text that looks like a list or dictionary is then read as one. Other text stays:
   * "1.20" is a version and no number.
   */
  public Object render(Scope scope) {
    Evaluation in = new Evaluation(scope);
    return Deep.guard(() -> render(in));
  }

  Object render(Evaluation in) {
    Optional<Object> single =
        statements.size() == 1 ? statements.get(0).single(in) : Optional.empty();
    if (single.isPresent() && !(single.get() instanceof String)) {
      Object value = in.finished(single.get());
      return value == None.NONE && of == Of.TEXT ? "" : value;
    }
    String written =
        single.map(Object::toString).orElseGet(() -> Statement.written(statements, in));
    return keepsText(in) ? written : data(written);
  }

  /**
   * What these filters give is meant as text, although it often looks like a literal; so is a
   * variable that holds it.
   */
  private boolean keepsText(Evaluation in) {
    if (statements.size() != 1 || !(statements.get(0) instanceof Statement.Printed printed)) {
      return false;
    } else if (printed.tree() instanceof Tree.Name name) {
      return in.template(name.name()).map(other -> other.keepsText(in)).orElse(false);
    }
    return printed.tree() instanceof Tree.Late
        || printed.tree() instanceof Tree.Filtered filtered
            && TEXT_FILTERS.contains(filtered.name().replace("ansible.builtin.", ""));
  }

  private static Object data(String written) {
    return switch (written) {
      case "True" -> true;
      case "False" -> false;
      default -> Literals.readData(written).orElse(written);
    };
  }

  /** Renders all templates inside a value: in lists and maps, keys and values. */
  public static Object resolve(Object value, Scope scope) {
    Evaluation in = new Evaluation(scope);
    return Deep.guard(() -> Evaluation.complete(in.resolved(value)));
  }

  /** Whether it is a text that is found late, such as one that is encrypted. */
  boolean isLate() {
    return statements.get(0) instanceof Statement.Printed printed
        && printed.tree() instanceof Tree.Late;
  }

  /** A value with the templates inside as the user wrote them. */
  public static Object asWritten(Object value) {
    if (value instanceof Map<?, ?> map) {
      ImmutableMap.Builder<Object, Object> written = ImmutableMap.builder();
      map.forEach((key, member) -> written.put(asWritten(key), asWritten(member)));
      return written.buildKeepingLast();
    } else if (value instanceof List<?> list) {
      return list.stream().map(Template::asWritten).collect(ImmutableList.toImmutableList());
    }
    return value instanceof Template template ? template.text : value;
  }

  /** As the user wrote it. */
  @Override
  public String toString() {
    return text;
  }
}
