package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Type;
import dev.belay.problem.Problems;
import dev.belay.yaml.Node;
import dev.belay.yaml.NodeValues;

/**
 * A task whose module a variable names: {@code action: "{{ ansible_pkg_mgr }} name=tree"}. Which it
 * is shows when a host comes to it; then {@link InclusionReader} reads the task itself, and that is
 * the one that is done and reported.
 *
 * @param module its name on a host
 * @param task as it is written
 */
public record NamedLater(String module, Node.Mapping task) implements Included {
  private static final String MODULE = "module";

  public static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "action")
          .summary("A task whose module a variable names.")
          .doc("It stands for the task itself until a host comes to it.")
          .parameters(Parameter.required(MODULE, Type.TEXT, "The module."))
          .example("- action: \"{{ ansible_pkg_mgr }} name=tree\"")
          .makes(
              args -> {
                throw new IllegalStateException("only the task itself is ever done");
              });

  static Arguments arguments(Node.Entry action, Problems problems) {
    return Arguments.none(action.key().at())
        .with(ImmutableMap.of(MODULE, NodeValues.of(action.key(), problems)));
  }

  /** The name, before templating. */
  public static Object name(Task task) {
    return task.arguments().values().get(MODULE);
  }

  /** The task with the name of its module in its place. */
  Node.Mapping named() {
    ImmutableList.Builder<Node.Entry> entries = ImmutableList.builder();
    for (Node.Entry entry : task.entries()) {
      entries.add(
          entry.name().contains("{{")
              ? new Node.Entry(TaskWords.word(module, entry), entry.value())
              : entry);
    }
    return new Node.Mapping(entries.build(), task.at());
  }

  @Override
  public String title() {
    return module;
  }
}
