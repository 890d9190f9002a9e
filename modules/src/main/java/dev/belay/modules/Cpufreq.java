package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The governor of CPU frequency policies, and what else a policy has, now and after a boot. */
record Cpufreq(CpufreqWanted wanted, ImmutableSet<How> how, Persist persist)
    implements Resource<CpufreqSeen> {

  /** What a task says besides. */
  enum How {
    /** A host without policies fails. */
    REQUIRED,
    /** A governor that is not offered is tried: the kernel may load it. */
    LOAD_MODULE,
    ALLOW_IN_CONTAINER
  }

  /** What sets it at boot. */
  enum Persist {
    UNIT,
    TMPFILES,
    NONE
  }

  static final ModuleSpec SPEC =
      ModuleSpec.named("belay.builtin", "cpufreq")
          .summary("Sets the frequency governor of CPUs, and keeps it over a boot.")
          .doc(
              "Works by policy, not by CPU: CPUs of one policy share its governor. Policies whose CPUs are all offline are left alone."
                  + " A host without policies (a virtual machine, firmware that keeps frequencies to itself) is unsupported: there the firmware's power profile decides."
                  + " Each value is read back: a driver that keeps its own fails the task.\n\n"
                  + "For a boot, a file in /etc/belay/boot.d is kept, which belay-tuning.service applies after tuned and cpupower."
                  + " Where tuned is active and its profile sets the same governor, the boot is left to tuned."
                  + " Other services that set governors are named. The unit belay-cpufreq.service of earlier versions is removed.")
          .parameters(
              Parameter.optional(
                      "governor", Type.TEXT, "One of those that the host's driver offers.")
                  .defaultsTo("performance"),
              Parameter.optional(
                  "policies", Type.LIST, "Names of policies, as policy0; all without it."),
              Parameter.optional(
                  "energy_performance_preference",
                  Type.TEXT,
                  "One of those that the driver offers, as performance; where it has none, 'missing' says what that is."),
              Parameter.optional(
                  "boost",
                  Type.FLAG,
                  "Whether CPUs may go beyond their base frequency; of the host, not of a policy."),
              Parameter.optional(
                      "load_module",
                      Type.FLAG,
                      "Whether a governor that is not offered is set all the same: the kernel then loads its module, or refuses.")
                  .defaultsTo(false),
              Parameter.optional(
                      "missing",
                      Type.TEXT,
                      "What a host without policies is: unsupported (skip) or failed (fail).")
                  .oneOf("skip", "fail")
                  .defaultsTo("skip"),
              Parameter.optional(
                      "persist",
                      Type.TEXT,
                      "What sets it at boot: the unit, a line of tmpfiles.d, or nothing; what an earlier run kept in another way goes.")
                  .oneOf("unit", "tmpfiles", "none")
                  .defaultsTo("unit"),
              ContainerEvidence.ALLOW)
          .example("- cpufreq:\n    governor: performance")
          .example(
              "- cpufreq:\n    governor: performance\n    energy_performance_preference: performance\n    boost: true")
          .result("policies", "The governor of each policy that is active.")
          .result("inactive", "The policies whose CPUs are all offline.")
          .makes(Cpufreq::of);

  private static Cpufreq of(Args args) {
    ImmutableSet.Builder<How> how = ImmutableSet.builder();
    if (args.text("missing").equals("fail")) {
      how.add(How.REQUIRED);
    }
    if (args.flag("load_module")) {
      how.add(How.LOAD_MODULE);
    }
    if (args.flag("allow_in_container")) {
      how.add(How.ALLOW_IN_CONTAINER);
    }
    return new Cpufreq(
        CpufreqWanted.of(args),
        how.build(),
        Persist.valueOf(args.text("persist").toUpperCase(Locale.ROOT)));
  }

  @Override
  public Probe<CpufreqSeen> probe() {
    return CpufreqSeen.probe(wanted);
  }

  @Override
  public Plan plan(CpufreqSeen seen) {
    List<CpuPolicies.Policy> policies = wanted.of(seen.policies());
    List<CpuPolicies.Policy> active =
        policies.stream().filter(CpuPolicies.Policy::isActive).toList();
    Optional<Plan> hindrance = hindrance(seen, active);
    if (hindrance.isPresent()) {
      return hindrance.get();
    }
    List<CpufreqWanted.Knob> knobs = wanted.knobs(seen.policies(), active);
    List<CpufreqWanted.Knob> others = knobs.stream().filter(knob -> !knob.isRight()).toList();
    ContainerEvidence evidence = seen.around().evidence();
    boolean outside = evidence.isContainer() && !how.contains(How.ALLOW_IN_CONTAINER);
    if (others.isEmpty() && (seen.policies().isReadOnly() || outside)) {
      return Plan.satisfied()
          .with(
              Remark.note(
                  evidence.isContainer()
                      ? evidence.outside("the governor")
                      : "governors are read-only here; nothing is kept here"));
    } else if (seen.policies().isReadOnly()) {
      return evidence.readOnly(CpuPolicies.FOLDER);
    } else if (outside) {
      return evidence.refusal("the CPUs' governor");
    }
    return mended(seen, policies, others);
  }

  private Optional<Plan> hindrance(CpufreqSeen seen, List<CpuPolicies.Policy> active) {
    if (active.isEmpty()) {
      return Optional.of(
          missing(
              seen.policies().all().isEmpty()
                  ? "this host has no CPU frequency policies: it is a virtual machine, or its firmware decides; set the firmware's power profile to performance"
                  : "none of the wanted policies is active here; there are "
                      + String.join(
                          ", ",
                          seen.policies().all().stream().map(CpuPolicies.Policy::name).toList())));
    }
    Optional<CpuPolicies.Policy> unreadable =
        active.stream().filter(p -> p.file("scaling_governor").isEmpty()).findFirst();
    if (unreadable.isPresent()) {
      return Optional.of(
          Plan.unverifiable(unreadable.get().path("scaling_governor") + " cannot be read"));
    }
    return wanted
        .lacking(seen.policies(), active, how.contains(How.LOAD_MODULE))
        .map(Plan::impossible)
        .or(
            () ->
                wanted
                    .absent(seen.policies(), active)
                    .filter(w -> how.contains(How.REQUIRED))
                    .map(Plan::impossible));
  }

  private Plan missing(String why) {
    return how.contains(How.REQUIRED) ? Plan.impossible(why) : Plan.unsupported(why);
  }

  private Plan mended(
      CpufreqSeen seen, List<CpuPolicies.Policy> policies, List<CpufreqWanted.Knob> others) {
    List<Change> changes = new ArrayList<>(CpufreqWanted.live(others));
    changes.addAll(CpufreqBoot.changes(seen, wanted, persist));
    ImmutableList.Builder<Remark> remarks = ImmutableList.builder();
    wanted.remarks(seen.policies(), policies).forEach(remarks::add);
    CpufreqBoot.remarks(seen, wanted, persist).forEach(remarks::add);
    return Plan.of(changes).with(remarks.build());
  }

  @Override
  public ImmutableMap<String, Object> result(CpufreqSeen seen) {
    ImmutableMap.Builder<String, Object> policies = ImmutableMap.builder();
    ImmutableList.Builder<Object> inactive = ImmutableList.builder();
    for (CpuPolicies.Policy policy : seen.policies().all()) {
      if (policy.isActive()) {
        policies.put(policy.name(), policy.file("scaling_governor").orElse(""));
      } else {
        inactive.add(policy.name());
      }
    }
    return ImmutableMap.of("policies", policies.buildOrThrow(), "inactive", inactive.build());
  }
}
