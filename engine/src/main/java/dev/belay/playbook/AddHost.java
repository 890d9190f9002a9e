package dev.belay.playbook;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.module.TaskBound;
import dev.belay.module.TaskContext;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import java.util.List;
import java.util.Optional;

/**
 * Adds to the inventory of the run: a host, or a group for the host that the task is for. A check
 * does it too, for later plays hang on it, and nothing but the run knows of it.
 */
public record AddHost(Step.ByEngine step, ImmutableMap<String, Object> told, boolean isCheck)
    implements Resource<Boolean>, TaskBound {

  public static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "add_host")
          .summary("Adds a host to the inventory of this run.")
          .doc(
              "Once for all hosts of the play. Later plays may be for it, and hostvars and groups have it at once. The inventory's files stay as they are. A check does it too.")
          .pace(ModuleSpec.Pace.ONCE)
          .parameters(
              Parameter.required("name", Type.TEXT, "Its name; ':PORT' behind it is its port.")
                  .alias("hostname", "host"),
              Parameter.optional(
                      "groups",
                      Type.LIST,
                      "The groups that it becomes a member of; they are made where there are none.")
                  .alias("group", "groupname"))
          .anyParameter()
          .result("add_host", "The host's name, groups and variables.")
          .example("- add_host:\n    name: \"{{ new_host }}\"\n    groups: [npu]\n    cards: 8")
          .makes(AddHost::host);

  public static final ModuleSpec GROUP_BY =
      ModuleSpec.named("ansible.builtin", "group_by")
          .summary("Puts the host into a group of this run that a variable names.")
          .doc("Later plays may be for the group. A check does it too.")
          .pace(ModuleSpec.Pace.ALONE)
          .parameters(
              Parameter.required("key", Type.TEXT, "The group; spaces in it become '-'."),
              Parameter.optional("parents", Type.LIST, "Groups that the group becomes a child of.")
                  .defaultsTo(ImmutableList.of("all")))
          .result("add_group", "The group's name.")
          .result("parent_groups", "Its parents.")
          .example("- group_by:\n    key: soc_{{ ansible_ascend.soc | default('none') }}")
          .makes(AddHost::group);

  private static AddHost host(Args args) {
    List<String> address = Splitter.on(':').limit(2).splitToList(args.text("name").strip());
    if (address.get(0).isEmpty()) {
      throw new IllegalArgumentException("'name' names no host");
    }
    ImmutableMap.Builder<String, Object> variables = ImmutableMap.builder();
    args.others().forEach(variables::put);
    boolean hasPort = address.size() == 2 && address.get(1).matches("[0-9]{1,5}");
    String name = hasPort ? address.get(0) : args.text("name").strip();
    if (hasPort) {
      variables.put("ansible_ssh_port", Long.valueOf(address.get(1)));
    }
    ImmutableMap<String, Object> all = variables.buildKeepingLast();
    ImmutableList<String> groups = names(args, "groups");
    return new AddHost(
        new Step.ByEngine.Enroll(name, groups, all),
        ImmutableMap.of(
            "add_host", ImmutableMap.of("host_name", name, "groups", groups, "host_vars", all)),
        false);
  }

  private static AddHost group(Args args) {
    String group = args.text("key").replace(' ', '-');
    ImmutableList<String> parents =
        names(args, "parents").stream()
            .map(name -> name.replace(' ', '-'))
            .collect(ImmutableList.toImmutableList());
    return new AddHost(
        new Step.ByEngine.Join(group, parents),
        ImmutableMap.of("add_group", group, "parent_groups", parents),
        false);
  }

  private static ImmutableList<String> names(Args args, String parameter) {
    return args.texts(parameter).stream()
        .flatMap(Splitter.on(',').trimResults().omitEmptyStrings()::splitToStream)
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public Resource<?> in(TaskContext task) {
    return new AddHost(step, told, task.isCheck());
  }

  @Override
  public Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  @Override
  public Plan plan(Boolean seen) {
    Change change = new Change("inventory", "(as it was)", told.toString(), ImmutableList.of(step));
    return isCheck ? Plan.rehearse(change, this::enrolled) : Plan.act(change, this::enrolled);
  }

  private Acted enrolled(Output output) {
    boolean isNew = output.out().strip().equals("new");
    return new Acted(
        told,
        output.succeeded() ? Optional.empty() : Optional.of(output.err()),
        isNew ? Acted.Effect.CHANGED : Acted.Effect.UNCHANGED,
        ImmutableList.of());
  }
}
