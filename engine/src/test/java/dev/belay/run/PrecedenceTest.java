package dev.belay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.inventory.InventoryReader;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.Playbook;
import dev.belay.playbook.PlaybookReader;
import dev.belay.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The order in which places that define a variable win, which is Ansible's. For each two that are
 * neighbours a play has both, and the later one is what its task sees.
 */
final class PrecedenceTest {
  @TempDir Path scratch;

  /** Where the variable may be defined; each wins over those before it. */
  private enum Rank {
    ROLE_DEFAULTS,
    INVENTORY_ALL,
    INVENTORY_PARENT_GROUP,
    INVENTORY_CHILD_GROUP,
    INVENTORY_GROUP_VARS_ALL,
    PLAYBOOK_GROUP_VARS_ALL,
    INVENTORY_GROUP_VARS_PARENT,
    INVENTORY_GROUP_VARS_CHILD,
    PLAYBOOK_GROUP_VARS_PARENT,
    PLAYBOOK_GROUP_VARS_CHILD,
    INVENTORY_HOST,
    INVENTORY_HOST_VARS,
    PLAYBOOK_HOST_VARS,
    FACTS,
    PLAY_VARS,
    VARS_PROMPT,
    VARS_FILES,
    VARS_FILES_BY_VARIABLE,
    VARS_OF_ROLES_USE,
    ROLE_VARS,
    BLOCK_VARS,
    TASK_VARS,
    INCLUDE_VARS,
    SET_FACT,
    REGISTERED,
    ROLE_PARAMETERS,
    INCLUDE_PARAMETERS,
    EXTRA_VARS
  }

  private static final ModuleSpec FACTS =
      ModuleSpec.named("test", "tell")
          .summary("Tells facts.")
          .anyParameter()
          .result("ansible_facts", "Them.")
          .makes(args -> new Tells(args.others()));

  private record Tells(ImmutableMap<String, Object> facts) implements Resource<Boolean> {
    @Override
    public Probe<Boolean> probe() {
      return Probe.nothing(true);
    }

    @Override
    public Plan plan(Boolean seen) {
      return Plan.satisfied();
    }

    @Override
    public ImmutableMap<String, Object> result(Boolean seen) {
      return ImmutableMap.of("ansible_facts", facts);
    }
  }

  @TestFactory
  Stream<DynamicTest> of_two_neighbours_the_later_one_wins() {
    List<Rank> ranks = List.of(Rank.values());
    return Stream.iterate(1, i -> i < ranks.size(), i -> i + 1)
        .map(i -> EnumSet.of(ranks.get(i - 1), ranks.get(i)))
        .map(pair -> dynamicTest(pair.toString(), () -> lastWins(pair, ranks)));
  }

  @TestFactory
  Stream<DynamicTest> of_all_up_to_one_that_one_wins() {
    List<Rank> ranks = List.of(Rank.values());
    return Stream.iterate(1, i -> i <= ranks.size(), i -> i + 1)
        .map(i -> EnumSet.copyOf(ranks.subList(0, i)))
        .map(some -> dynamicTest(some.size() + " places", () -> lastWins(some, ranks)));
  }

  private void lastWins(Set<Rank> used, List<Rank> ranks) throws Exception {
    Rank last = ranks.stream().filter(used::contains).reduce((a, b) -> b).orElseThrow();
    // A result is a mapping, which shows by one of its members.
    String wanted = last == Rank.REGISTERED ? "told" : last.name();
    assertEquals(List.of("x is " + wanted), seen(used));
  }

  private List<String> seen(Set<Rank> used) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(scratch, "");
    new Places(folder, used).write();
    Path site = folder.resolve("play/site.yml");
    Problems problems = new Problems();
    ModuleCatalog modules = new ModuleCatalog(ImmutableList.of(FACTS, Knob.DEED, Knob.SETS));
    Playbook playbook = new PlaybookReader(modules, problems).read(site);
    problems.throwIfAny();
    ImmutableMap<String, Object> extra =
        used.contains(Rank.EXTRA_VARS)
            ? ImmutableMap.of("x", Rank.EXTRA_VARS.name())
            : ImmutableMap.of();
    List<String> names = new ArrayList<>();
    new Run(
            ImmutableList.of(playbook),
            InventoryReader.read(List.of(folder.resolve("inventory/hosts").toString())),
            modules,
            RunOptions.defaults(folder).with(RunOptions.Mode.APPLY, extra),
            settings -> new TranscriptHost(),
            new RunListener() {
              @Override
              public void taskDone(String host, TaskHeader task, Outcome outcome) {
                if (task.name().replaceFirst("^[a-z_]+ : ", "").equals("look")) {
                  names.add(outcome.changes().get(0).after());
                }
              }
            })
        .run();
    return names;
  }

  /** Writes a play that defines the variable in some places. */
  private record Places(Path folder, Set<Rank> used) {
    void write() throws IOException {
      inventory();
      play();
      role();
      vars("inventory/group_vars/all", Rank.INVENTORY_GROUP_VARS_ALL);
      vars("play/group_vars/all", Rank.PLAYBOOK_GROUP_VARS_ALL);
      vars("inventory/group_vars/parent", Rank.INVENTORY_GROUP_VARS_PARENT);
      vars("inventory/group_vars/child", Rank.INVENTORY_GROUP_VARS_CHILD);
      vars("play/group_vars/parent", Rank.PLAYBOOK_GROUP_VARS_PARENT);
      vars("play/group_vars/child", Rank.PLAYBOOK_GROUP_VARS_CHILD);
      vars("inventory/host_vars/h1", Rank.INVENTORY_HOST_VARS);
      vars("play/host_vars/h1", Rank.PLAYBOOK_HOST_VARS);
      vars("play/plain.yml", Rank.VARS_FILES);
      vars("play/vars/of-h1.yml", Rank.VARS_FILES_BY_VARIABLE);
      vars("play/roles/r/defaults/main.yml", Rank.ROLE_DEFAULTS);
      vars("play/roles/r/vars/main.yml", Rank.ROLE_VARS);
      vars("play/roles/r/vars/more.yml", Rank.INCLUDE_VARS);
    }

    private void inventory() throws IOException {
      file(
          "inventory/hosts",
          "[child]\nh1"
              + (used.contains(Rank.INVENTORY_HOST) ? " x=INVENTORY_HOST" : "")
              + "\n[parent:children]\nchild\n[all:vars]\ny=1\n"
              + line(Rank.INVENTORY_ALL, "x=INVENTORY_ALL\n")
              + line(Rank.INVENTORY_PARENT_GROUP, "[parent:vars]\nx=INVENTORY_PARENT_GROUP\n")
              + line(Rank.INVENTORY_CHILD_GROUP, "[child:vars]\nx=INVENTORY_CHILD_GROUP\n"));
    }

    private void play() throws IOException {
      file(
          "play/site.yml",
          "- hosts: all\n  gather_facts: false\n"
              + line(Rank.PLAY_VARS, "  vars: {x: PLAY_VARS}\n")
              + line(Rank.VARS_PROMPT, "  vars_prompt: [{name: x, default: VARS_PROMPT}]\n")
              + "  vars_files:\n  - plain.yml\n  - [none.yml, 'of-{{ inventory_hostname }}.yml']\n"
              + "  roles:\n  - role: r\n"
              + line(Rank.VARS_OF_ROLES_USE, "    vars: {x: VARS_OF_ROLES_USE}\n")
              + line(Rank.ROLE_PARAMETERS, "    x: ROLE_PARAMETERS\n"));
    }

    private void role() throws IOException {
      file(
          "play/roles/r/tasks/main.yml",
          line(Rank.FACTS, "- tell: {x: FACTS}\n")
              + line(Rank.INCLUDE_VARS, "- include_vars: more.yml\n")
              + line(Rank.SET_FACT, "- set_fact: {x: SET_FACT}\n")
              + line(Rank.REGISTERED, "- deed: {what: told}\n  register: x\n")
              + "- include_tasks: inner.yml\n"
              + line(Rank.INCLUDE_PARAMETERS, "  vars: {x: INCLUDE_PARAMETERS}\n"));
      file(
          "play/roles/r/tasks/inner.yml",
          "- "
              + line(Rank.BLOCK_VARS, "vars: {x: BLOCK_VARS}\n  ")
              + "block:\n  - name: look\n"
              + "    deed: {what: \"x is {{ x.stdout[-4:] if x is mapping else x }}\"}\n"
              + line(Rank.TASK_VARS, "    vars: {x: TASK_VARS}\n"));
    }

    private String line(Rank rank, String text) {
      return used.contains(rank) ? text : "";
    }

    private void vars(String name, Rank rank) throws IOException {
      file(name, used.contains(rank) ? "x: " + rank + "\n" : "unused: 1\n");
    }

    private void file(String name, String text) throws IOException {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
  }
}
