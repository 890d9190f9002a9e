package dev.belay.run;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Convert;
import dev.belay.playbook.Keyword;
import dev.belay.playbook.Keywords;
import dev.belay.playbook.Task;
import dev.belay.problem.Position;
import dev.belay.remote.Become;
import dev.belay.template.EvaluationException;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import dev.belay.template.UndefinedException;
import dev.belay.value.None;
import dev.belay.value.Omit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a task's keywords come to on one host. */
final class Keyed {
  private static final String ROOT = "root";

  private static final ImmutableSet<String> GATHERING = ImmutableSet.of("setup", "gather_facts");

  private final Variables variables;
  private final RunOptions options;

  Keyed(Variables variables, RunOptions options) {
    this.variables = variables;
    this.options = options;
  }

  /** Whether the task may act: the run's mode, where the task does not say otherwise. */
  RunOptions.Mode mode(Keywords keywords, HostScope scope) {
    return flag(keywords.said(Keyword.CHECK_MODE), scope)
        .map(check -> check ? RunOptions.Mode.CHECK : RunOptions.Mode.APPLY)
        .orElse(options.mode());
  }

  /**
   * As whom it runs. A variable of the inventory wins over a keyword, and a keyword over the
   * command line.
   */
  Become become(Keywords keywords, HostScope scope) {
    boolean become =
        flag(variables.forConnecting("ansible_become", scope.task()), scope)
            .or(() -> flag(keywords.said(Keyword.BECOME), scope))
            .orElse(options.become());
    if (!become) {
      return Become.nobody();
    }
    String user =
        text(variables.forConnecting("ansible_become_user", scope.task()), scope)
            .or(() -> text(keywords.said(Keyword.BECOME_USER), scope))
            .or(options::becomeUser)
            .orElse(ROOT);
    return new Become(
        Optional.of(user),
        method(keywords, scope),
        becoming("exe", Keyword.BECOME_EXE, keywords, scope),
        becoming("flags", Keyword.BECOME_FLAGS, keywords, scope).map(Keyed::words));
  }

  private Optional<String> becoming(
      String word, Keyword keyword, Keywords keywords, HostScope scope) {
    return text(variables.forConnecting("ansible_become_" + word, scope.task()), scope)
        .or(() -> text(keywords.said(keyword), scope))
        .filter(value -> !value.isBlank());
  }

  private static ImmutableList<String> words(String flags) {
    return ImmutableList.copyOf(Splitter.on(' ').omitEmptyStrings().trimResults().split(flags));
  }

  private Become.Method method(Keywords keywords, HostScope scope) {
    return text(variables.forConnecting("ansible_become_method", scope.task()), scope)
        .or(() -> text(keywords.said(Keyword.BECOME_METHOD), scope))
        .or(options.control()::becomeMethod)
        .map(word -> Become.Method.valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(Become.Method.SUDO);
  }

  /** What the task adds to the environment of all that it runs. */
  ImmutableMap<String, String> environment(Task task, HostScope scope) {
    ImmutableMap.Builder<String, String> environment = ImmutableMap.builder();
    for (Object layer : task.keywords().environment()) {
      if ((layer instanceof Map ? layer : Template.resolve(layer, scope))
          instanceof Map<?, ?> map) {
        map.forEach(
            (name, raw) ->
                entry(raw, task, scope)
                    .ifPresent(value -> environment.put(name.toString(), value)));
      }
    }
    return environment.buildKeepingLast();
  }

  /** What hangs on the host's environment is not yet known where that is being gathered. */
  private static Optional<String> entry(Object raw, Task task, HostScope scope) {
    try {
      return Optional.of(PythonText.str(Template.resolve(raw, scope)));
    } catch (UndefinedException e) {
      if (GATHERING.contains(task.module().name())
          && String.valueOf(e.getMessage()).matches(".*'(ansible_env|env)'.*")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** A keyword that takes true or false, where it is given. */
  static Optional<Boolean> flag(Optional<Object> raw, HostScope scope) {
    return raw.map(value -> Template.resolve(value, scope))
        .filter(value -> value != None.NONE && value != Omit.OMIT)
        .map(Keyed::flag);
  }

  private static final dev.belay.module.Parameter FLAG =
      dev.belay.module.Parameter.optional("keyword", dev.belay.module.Type.FLAG, "");

  private static boolean flag(Object value) {
    try {
      return (Boolean) Convert.to(FLAG, value);
    } catch (IllegalArgumentException e) {
      throw new EvaluationException(Position.of("keyword"), "a keyword " + e.getMessage());
    }
  }

  private static Optional<String> text(Optional<Object> raw, HostScope scope) {
    return raw.map(value -> Template.resolve(value, scope))
        .filter(value -> value != Omit.OMIT)
        .map(PythonText::str);
  }
}
