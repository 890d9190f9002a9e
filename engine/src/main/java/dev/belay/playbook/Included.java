package dev.belay.playbook;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;

/**
 * Modules that bring in other tasks. They ask a host nothing and do nothing on it; what they bring
 * is read by {@link InclusionReader} and put behind them.
 */
public sealed interface Included extends Resource<Boolean>
    permits Included.Tasks, Included.Role, NamedLater {

  /** What reports call what is brought in. */
  String title();

  @Override
  default Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  @Override
  default Plan plan(Boolean seen) {
    return Plan.satisfied();
  }

  /** A file of tasks. */
  record Tasks(String file) implements Included {
    @Override
    public String title() {
      return file;
    }

    @Override
    public ImmutableMap<String, Object> result(Boolean seen) {
      return ImmutableMap.of("include", file);
    }
  }

  /**
   * A role, or a part of one.
   *
   * @param isPublic whether its variables are there for the tasks behind it too
   * @param isValidated whether its arguments are checked against its specification, if it has one
   */
  record Role(
      String name,
      String tasks,
      String vars,
      String defaults,
      String handlers,
      boolean isPublic,
      boolean isValidated)
      implements Included {
    @Override
    public String title() {
      return name;
    }
  }

  ModuleSpec TASKS =
      ModuleSpec.named("ansible.builtin", "include_tasks")
          .summary("Brings in the tasks of a file while the play runs.")
          .doc(
              "The name may hang on variables, and the include may loop. Its keywords are its own: what the tasks inside are to have goes into 'apply'."
                  + " Tasks that are always the same are better imported: then their mistakes are found before anything runs.")
          .freeForm("file")
          .parameters(
              Parameter.required("file", Type.TEXT, "The file, from where the include stands."),
              Parameter.optional("apply", Type.ANY, "Keywords for the tasks inside."))
          .example("- include_tasks: \"{{ ansible_os_family }}.yml\"")
          .result("include", "The file.")
          .makes(args -> new Tasks(args.text("file")));

  ModuleSpec ROLE =
      ModuleSpec.named("ansible.builtin", "include_role")
          .summary("Brings in a role while the play runs.")
          .doc(
              "Its variables and defaults are there for its own tasks only, unless 'public' is true.")
          .parameters(
              Parameter.required("name", Type.TEXT, "The role.").alias("role"),
              Parameter.optional("tasks_from", Type.TEXT, "The file of tasks to begin with.")
                  .defaultsTo("main"),
              Parameter.optional("vars_from", Type.TEXT, "The file of variables.")
                  .defaultsTo("main"),
              Parameter.optional("defaults_from", Type.TEXT, "The file of defaults.")
                  .defaultsTo("main"),
              Parameter.optional("handlers_from", Type.TEXT, "The file of handlers.")
                  .defaultsTo("main"),
              Parameter.optional(
                      "public",
                      Type.FLAG,
                      "Whether later tasks of the play have its variables too.")
                  .defaultsTo(false),
              Parameter.optional(
                      "allow_duplicates",
                      Type.FLAG,
                      "Kept for Ansible's files: an include always brings its tasks.")
                  .defaultsTo(true),
              Parameter.optional(
                      "rolespec_validate",
                      Type.FLAG,
                      "Whether the role's argument specification, if any, is checked.")
                  .defaultsTo(true),
              Parameter.optional("apply", Type.ANY, "Keywords for the tasks inside."))
          .example("- include_role:\n    name: tuning\n    tasks_from: kernel")
          .makes(Included::role);

  private static Role role(Args args) {
    return new Role(
        args.text("name"),
        args.text("tasks_from"),
        args.text("vars_from"),
        args.text("defaults_from"),
        args.text("handlers_from"),
        args.flag("public"),
        args.flag("rolespec_validate"));
  }
}
