package dev.belay.modules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The reference of variables in Markdown, made of the schema alone. */
final class EnvPage {
  private EnvPage() {}

  static String of(EnvSchema schema) {
    StringBuilder page =
        new StringBuilder(
            """
            # Environment variables of jobs on Ascend NPUs

            What the module [env](modules/env.md) knows and checks. This page is made of `env-schema.yml`; change that. A value that is
            not of its type fails the task, or where the table says *risk* is only told; so it is with values that do harm beside each
            other, below. The last column names where it is known from. The software moves on: where it says otherwise by now, the
            schema is wrong, and `schema: false` switches it off for one task.
            """);
    schema.variables().values().stream()
        .map(EnvSchema.Variable::group)
        .distinct()
        .forEach(group -> page.append(group(schema, group)));
    return page.append(rules(schema)).toString();
  }

  private static String group(EnvSchema schema, String group) {
    StringBuilder table =
        new StringBuilder(
            "\n## "
                + group
                + "\n\n| variable | what for | values | default | otherwise | from |\n| --- | --- | --- | --- | --- | --- |\n");
    schema.variables().values().stream()
        .filter(variable -> variable.group().equals(group))
        .forEach(variable -> table.append(row(variable)));
    return table.toString();
  }

  private static String row(EnvSchema.Variable variable) {
    String otherwise =
        variable.otherwise().isEmpty()
            ? ""
            : (variable.fatal() ? "" : "risk: ") + variable.otherwise();
    return cells(
        "`" + variable.name() + "`",
        variable.what() + (variable.mind().isEmpty() ? "" : " " + variable.mind()),
        variable.type().shape(),
        variable.byDefault(),
        otherwise,
        variable.from());
  }

  private static String rules(EnvSchema schema) {
    StringBuilder table =
        new StringBuilder(
            "\n## Beside each other\n\n| where | on | it is | because | from |\n| --- | --- | --- | --- | --- |\n");
    for (EnvRule rule : schema.rules()) {
      table.append(
          cells(
              rule.conditions().stream()
                  .map(c -> "`" + c.variable() + "` " + c.words())
                  .collect(Collectors.joining(" and ")),
              on(rule),
              rule.fatal() ? "refused" : "a risk",
              rule.why(),
              rule.from()));
    }
    return table.toString();
  }

  private static String on(EnvRule rule) {
    List<String> on = new ArrayList<>(rule.socs());
    on.replaceAll(soc -> soc.equals("unknown") ? "no `soc` named" : soc);
    if (rule.global()) {
      on.add("files that everybody reads");
    }
    return on.isEmpty() ? "all" : String.join(", ", on);
  }

  private static String cells(String... cells) {
    StringBuilder row = new StringBuilder("|");
    for (String cell : cells) {
      row.append(' ').append(cell.replace("|", "\\|")).append(" |");
    }
    return row.append('\n').toString();
  }
}
