package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Args;
import dev.belay.module.BadArgumentsException;
import dev.belay.module.Condition;
import dev.belay.module.ControlPlace;
import dev.belay.module.Convert;
import dev.belay.module.Parameter;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.playbook.Arguments;
import dev.belay.playbook.ModuleDefaults;
import dev.belay.playbook.Task;
import dev.belay.problem.Position;
import dev.belay.problem.SourceMap;
import dev.belay.template.Expression;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import dev.belay.template.UndefinedException;
import dev.belay.value.Omit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the resource of a task: its arguments templated, files of the control side found, types
 * checked.
 */
final class ArgumentResolver {
  /** What is shown of a variable that is asked for by its name and is not there. */
  private static final String NOT_DEFINED = "VARIABLE IS NOT DEFINED!";

  private final ControlFiles files;

  ArgumentResolver(ControlFiles files) {
    this.files = files;
  }

  /**
   * The resource of the task on the host whose variables these are.
   *
   * @throws BadArgumentsException where the arguments are not what the module takes
   */
  Resource<?> resource(Task task, HostScope scope) {
    Arguments given = task.arguments();
    if (!given.wrong().isEmpty()) {
      throw new BadArgumentsException(given.wrong());
    }
    ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
    given
        .values()
        .forEach(
            (word, raw) ->
                values.put(
                    named(word, scope), value(task.module().parameter(word), raw, task, scope)));
    Args args = Args.of(task.module(), withLate(task, values.buildOrThrow(), scope));
    try {
      return task.module().resource().apply(args);
    } catch (IllegalArgumentException e) {
      throw new BadArgumentsException(ImmutableList.of(String.valueOf(e.getMessage())));
    } catch (StackOverflowError e) {
      throw new BadArgumentsException(ImmutableList.of(Look.TOO_DEEP));
    }
  }

  /** What variables hold of the arguments, behind what the task itself says. */
  private ImmutableMap<String, Object> withLate(
      Task task, ImmutableMap<String, Object> given, HostScope scope) {
    if (task.arguments().late().isEmpty()) {
      return given;
    }
    Map<String, Object> values = new LinkedHashMap<>(given);
    for (Object late : task.arguments().late()) {
      ImmutableSet<String> taken = ImmutableSet.copyOf(values.keySet());
      mapping(late, task, scope)
          .forEach(
              (key, value) -> {
                String word = PythonText.str(key);
                if (ModuleDefaults.isOpen(task.module(), word, taken)) {
                  values.put(word, value(task.module().parameter(word), value, task, scope));
                }
              });
    }
    return ImmutableMap.copyOf(values);
  }

  private static Map<?, ?> mapping(Object late, Task task, HostScope scope) {
    if (Template.resolve(late, scope) instanceof Map<?, ?> map) {
      return map;
    }
    throw new BadArgumentsException(
        ImmutableList.of(
            "what the variable '"
                + late
                + "' holds for '"
                + task.module().name()
                + "' is no mapping of arguments"));
  }

  /** Where a module takes any names, one may be a template. */
  private static String named(String word, HostScope scope) {
    return word.contains("{{")
        ? PythonText.str(
            Template.resolve(Template.of(word, SourceMap.fixed(Position.of(word))), scope))
        : word;
  }

  private Object value(Optional<Parameter> parameter, Object raw, Task task, HostScope scope) {
    Type type = parameter.map(Parameter::type).orElse(Type.ANY);
    return switch (type) {
      case CONDITIONS -> conditions(raw, scope);
      case EXPRESSION ->
          raw instanceof Expression e ? evaluated(e, scope) : Template.resolve(raw, scope);
      case CONTENT ->
          files(task, scope).find(PythonText.str(Template.resolve(raw, scope)), task.folders());
      case SOURCE -> source(PythonText.str(Template.resolve(raw, scope)), task, scope);
      case CONTROL ->
          new TaskFile(
              PythonText.str(Template.resolve(raw, scope)),
              files(task, scope),
              task.folders(),
              scope);
      case PLACE -> place(PythonText.str(Template.resolve(raw, scope)), scope);
      case VERBOSITY -> verbosity(Template.resolve(raw, scope), scope);
      default -> PythonText.withoutTuples(Template.resolve(raw, scope));
    };
  }

  private ControlPlace place(String name, HostScope scope) {
    return files.place(name, PythonText.str(scope.find("inventory_hostname").orElse("")));
  }

  private static Condition verbosity(Object wanted, HostScope scope) {
    long given = scope.find("ansible_verbosity").map(Convert::integer).orElse(0L);
    return new Condition("verbosity " + wanted, Convert.integer(wanted) <= given);
  }

  private Object source(String path, Task task, HostScope scope) {
    boolean onHost =
        flag("remote_src", task, scope).orElse(false) || !flag("copy", task, scope).orElse(true);
    return onHost ? path : files(task, scope).find(path, task.folders());
  }

  /** Encrypted files are opened, unless the task says {@code decrypt: false}. */
  private ControlFiles files(Task task, HostScope scope) {
    return flag("decrypt", task, scope).orElse(true) ? files : files.asTheyAre();
  }

  /** Empty where it is not given, or is no boolean, which is told with the other arguments. */
  private static Optional<Boolean> flag(String word, Task task, HostScope scope) {
    Object raw = task.arguments().values().getOrDefault(word, Omit.OMIT);
    try {
      return Optional.of(Convert.flag(Template.resolve(raw, scope)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Object evaluated(Expression expression, HostScope scope) {
    try {
      return new dev.belay.module.Evaluated(expression.toString(), expression.evaluate(scope));
    } catch (UndefinedException e) {
      if (expression.isTemplate()) {
        throw e;
      }
      return new dev.belay.module.Evaluated(expression.toString(), NOT_DEFINED);
    }
  }

  private static ImmutableList<Condition> conditions(Object raw, HostScope scope) {
    ImmutableList.Builder<Condition> conditions = ImmutableList.builder();
    for (Object member : (List<?>) raw) {
      Expression expression = (Expression) member;
      conditions.add(new Condition(expression.toString(), Conditions.holds(expression, scope)));
    }
    return conditions.build();
  }
}
