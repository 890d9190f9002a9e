package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Args;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;

/** Facts of a host, by one script without Python. */
record Setup(
    ImmutableSet<FactSection> sections,
    ImmutableList<String> asked,
    ImmutableList<String> filter,
    String factPath)
    implements Resource<Setup.Seen> {
  static final ModuleSpec SPEC =
      parameters(ModuleSpec.named("ansible.builtin", "setup"))
          .summary("Tells facts of the host: system, processors, memory, network, NPUs.")
          .doc(
              "One POSIX sh script; no Python is needed on the host. Facts have Ansible's names and types. Beyond Ansible, ansible_ascend has what a host tells of its NPUs without a driver, and ansible_apt_sources where its packages come from; what needs the driver is in ascend_facts."
                  + "\n\nNot told: LVM, iSCSI, Fibre Channel, NVMe, capabilities, links of devices, and other programs' facts (facter, ohai)."
                  + " A container is told apart as Ansible does it, and /.dockerenv proves nothing: ansible_ascend.container_evidence has what was really seen.")
          .example("- setup:")
          .example("- setup:\n    gather_subset: ['!all', network]\n    filter: default_ipv*")
          .example("- setup:\n    gather_subset: [ascend]")
          .result("ansible_facts", "The facts, by their names.")
          .makes(Setup::of);

  static final ModuleSpec GATHER =
      parameters(ModuleSpec.named("ansible.builtin", "gather_facts"))
          .summary("Tells facts of the host, as 'setup' does.")
          .doc("What a play does first by itself. See 'setup' for the facts.")
          .parameters(
              Parameter.optional(
                  "parallel",
                  Type.FLAG,
                  "Kept for Ansible's files: there is one module of facts here."))
          .example("- gather_facts:")
          .result("ansible_facts", "The facts, by their names.")
          .makes(Setup::of);

  private static ModuleSpec.Builder parameters(ModuleSpec.Builder spec) {
    return spec.parameters(
        Parameter.optional(
                "gather_subset",
                Type.LIST,
                "all, min, hardware, network, virtual, ascend or a part of them; with '!' before it without. What min stands for comes always but for '!min'.")
            .defaultsTo(ImmutableList.of("all")),
        Parameter.optional(
            "filter",
            Type.LIST,
            "Patterns as of file names; only facts that fit one are told, with 'ansible_' before their names or without."),
        Parameter.optional(
                "fact_path",
                Type.PATH,
                "Folder of files *.fact for ansible_local: JSON or INI, or programs that print such, which have 10 s.")
            .defaultsTo("/etc/ansible/facts.d"),
        Parameter.optional(
                "gather_timeout",
                Type.INTEGER,
                "Kept for Ansible's files: what could take long has a limit of its own here.")
            .defaultsTo(10L));
  }

  /** What was told. */
  record Seen(ImmutableMap<String, Object> facts, String complaint) {}

  private static Setup of(Args args) {
    ImmutableList<String> asked = args.texts("gather_subset");
    return new Setup(
        FactSubsets.sections(asked),
        asked,
        args.texts("filter"),
        Paths.absolute(args.text("fact_path")));
  }

  @Override
  public Probe<Seen> probe() {
    List<Sh> script = new ArrayList<>();
    script.add(FactSection.prelude(factPath));
    sections.forEach(section -> script.add(section.script()));
    script.add(Sh.of("echo told; :"));
    return Probe.of(Sh.lines(script), this::read);
  }

  private Seen read(Output output) {
    ImmutableList<String> lines = output.lines();
    if (!lines.contains("told")) {
      return new Seen(ImmutableMap.of(), output.err().strip());
    }
    ImmutableMap<String, Object> facts =
        ImmutableMap.<String, Object>builder()
            .putAll(Facts.read(FactLines.of(lines), sections))
            .put("gather_subset", asked)
            .put("module_setup", true)
            .buildKeepingLast();
    return new Seen(FactSubsets.filtered(facts, filter), "");
  }

  @Override
  public Plan plan(Seen seen) {
    return seen.facts.isEmpty() && filter.isEmpty()
        ? Plan.impossible("the host told no facts: " + seen.complaint)
        : Plan.satisfied();
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return ImmutableMap.of("ansible_facts", seen.facts);
  }
}
