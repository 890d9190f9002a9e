package dev.belay.module;

/** A module's reference page in Markdown, made of its specification alone. */
public final class ReferencePage {
  private ReferencePage() {}

  public static String of(ModuleSpec spec) {
    StringBuilder page = new StringBuilder("# " + spec.name() + "\n\n" + spec.summary() + "\n\n");
    page.append("Full name: `").append(spec.fullName()).append("`\n\n");
    if (!spec.doc().isEmpty()) {
      page.append(spec.doc()).append("\n\n");
    }
    if (!spec.parameters().isEmpty()) {
      page.append("| parameter | type | default | meaning |\n| --- | --- | --- | --- |\n");
      spec.parameters().forEach(parameter -> page.append(row(parameter)));
      page.append('\n');
    }
    spec.freeForm()
        .ifPresent(
            name ->
                page.append("A text instead of parameters stands for `")
                    .append(name)
                    .append("`.\n\n"));
    for (String example : spec.examples()) {
      page.append("```yaml\n").append(example).append("\n```\n\n");
    }
    if (!spec.results().isEmpty()) {
      page.append("| result | meaning |\n| --- | --- |\n");
      spec.results()
          .forEach(
              result ->
                  page.append("| `")
                      .append(result.name())
                      .append("` | ")
                      .append(result.doc())
                      .append(" |\n"));
    }
    return page.toString().strip() + "\n";
  }

  private static String row(Parameter parameter) {
    StringBuilder name = new StringBuilder("`" + parameter.name() + "`");
    parameter.aliases().forEach(alias -> name.append(", `").append(alias).append('`'));
    String byDefault =
        parameter.required()
            ? "required"
            : parameter.byDefault().map(value -> "`" + value + "`").orElse("");
    String choices =
        parameter.choices().isEmpty()
            ? ""
            : " One of: " + String.join(", ", parameter.choices()) + ".";
    return "| "
        + name
        + " | "
        + parameter.type().label()
        + " | "
        + byDefault
        + " | "
        + parameter.doc()
        + choices
        + " |\n";
  }
}
