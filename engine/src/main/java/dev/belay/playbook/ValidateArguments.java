package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.argspec.ArgumentSpec;
import dev.belay.module.Args;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.TaskBound;
import dev.belay.module.TaskContext;
import dev.belay.module.Type;
import java.util.LinkedHashMap;
import java.util.Map;

/** Variables that must be as a specification says. Asks a host nothing. */
record ValidateArguments(
    ImmutableMap<String, Object> options,
    ImmutableMap<String, Object> context,
    ImmutableList<String> errors)
    implements Resource<Boolean> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "validate_argument_spec")
          .summary("Fails unless variables are as a specification says.")
          .doc(
              "A role with meta/argument_specs.yml has such a task before its own, with the tag 'always'. The variables of the options' names are looked at; defaults count as given and are not set."
                  + " What an option with no_log holds is not shown.")
          .parameters(
              Parameter.required(
                  "argument_spec", Type.DICT, "Options by their names, as a role's file has them."),
              Parameter.optional(
                  "provided_arguments",
                  Type.DICT,
                  "Values that win over variables of their names."),
              Parameter.optional(
                  "validate_args_context", Type.DICT, "What is told along with the result."))
          .example(
              "- validate_argument_spec:\n    argument_spec:\n      npu_count: {type: int, required: true}")
          .result("argument_errors", "What is wrong, where something is.")
          .result("argument_spec_data", "The specification, where something is wrong.")
          .result("validate_args_context", "What was given by that name.")
          .makes(ValidateArguments::of);

  private static Unbound of(Args args) {
    return new Unbound(
        args.dict("argument_spec"),
        args.dict("provided_arguments"),
        args.dict("validate_args_context"));
  }

  /** The same before it is known what the task's variables are. */
  private record Unbound(
      ImmutableMap<String, Object> options,
      ImmutableMap<String, Object> provided,
      ImmutableMap<String, Object> context)
      implements Resource<Boolean>, TaskBound {

    @Override
    public Resource<?> in(TaskContext task) {
      Map<String, Object> values = new LinkedHashMap<>();
      options
          .keySet()
          .forEach(name -> task.variable(name).ifPresent(value -> values.put(name, value)));
      values.putAll(provided);
      return new ValidateArguments(options, context, ArgumentSpec.errors(options, values));
    }

    @Override
    public Probe<Boolean> probe() {
      throw new IllegalStateException("not bound to a task");
    }

    @Override
    public Plan plan(Boolean seen) {
      throw new IllegalStateException("not bound to a task");
    }
  }

  @Override
  public Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  @Override
  public Plan plan(Boolean seen) {
    return errors.isEmpty()
        ? Plan.satisfied()
        : Plan.impossible("Validation of arguments failed:\n" + String.join("\n", errors));
  }

  @Override
  public ImmutableMap<String, Object> result(Boolean seen) {
    return errors.isEmpty()
        ? ImmutableMap.of("msg", "The arg spec validation passed", "validate_args_context", context)
        : ImmutableMap.of(
            "argument_errors",
            errors,
            "argument_spec_data",
            options,
            "validate_args_context",
            context);
  }
}
