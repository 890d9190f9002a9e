package dev.belay.run;

import com.google.common.collect.ImmutableMap;
import dev.belay.playbook.Play;
import dev.belay.problem.Problems;
import dev.belay.template.EvaluationException;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import dev.belay.yaml.Node;
import dev.belay.yaml.NodeValues;
import dev.belay.yaml.Yaml;
import java.nio.file.Path;

/** The variables of a play: its own, and those of its files, which win. */
final class PlayVars {
  private final Play play;
  private final HostScope scope;
  private final Problems problems;

  PlayVars(Play play, ImmutableMap<String, Object> extra, Problems problems) {
    this.play = play;
    this.problems = problems;
    Variables variables =
        new Variables(
            extra,
            ImmutableMap.of(),
            play.vars(),
            ImmutableMap.of(),
            play.roleDefaults(),
            new Variables.Memory());
    scope = HostScope.of(variables);
  }

  ImmutableMap<String, Object> read() {
    ImmutableMap.Builder<String, Object> vars = ImmutableMap.builder();
    vars.putAll(play.vars());
    play.varsFiles().forEach(raw -> vars.putAll(file(raw)));
    vars.putAll(play.roleVars());
    return vars.buildKeepingLast();
  }

  private ImmutableMap<String, Object> file(Object raw) {
    try {
      Path path = play.folder().resolve(PythonText.str(Template.resolve(raw, scope)));
      return Yaml.read(path, problems).map(this::map).orElse(ImmutableMap.of());
    } catch (EvaluationException e) {
      problems.add(
          e.at(), e.getMessage(), "the names of vars_files may use the play's vars and -e only");
      return ImmutableMap.of();
    }
  }

  private ImmutableMap<String, Object> map(Node node) {
    if (!(node instanceof Node.Mapping mapping)) {
      problems.add(node.at(), "a file of variables is a mapping of names to values");
      return ImmutableMap.of();
    }
    return mapping.entries().stream()
        .collect(
            ImmutableMap.toImmutableMap(
                Node.Entry::name, entry -> NodeValues.of(entry.value(), problems)));
  }
}
