package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.playbook.Task;
import dev.belay.template.EvaluationException;
import dev.belay.template.NotYetException;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import dev.belay.template.UnknownValueException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a task knows of itself by variables, under Ansible's names. */
final class TaskNames {
  private TaskNames() {}

  /** Layers of variables: what the task knows of itself, then all that is defined around it. */
  static ImmutableList<ImmutableMap<String, Object>> around(Task task, Variables variables) {
    return ImmutableList.<ImmutableMap<String, Object>>builder()
        .add(
            ImmutableMap.of(
                "ansible_search_path",
                searched(task, variables),
                "environment",
                task.keywords().environment()))
        .addAll(task.keywords().vars())
        .build();
  }

  /** A name is shown as it stands where its variables are not known: it must not stop anything. */
  static String shown(Object name, HostScope scope) {
    try {
      return PythonText.str(Template.resolve(name, scope));
    } catch (EvaluationException | NotYetException | UnknownValueException e) {
      return name.toString();
    }
  }

  private static ImmutableList<String> searched(Task task, Variables variables) {
    return Stream.concat(
            task.folders().stream().map(Path::toString),
            variables.forConnecting("playbook_dir").map(PythonText::str).stream())
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }
}
