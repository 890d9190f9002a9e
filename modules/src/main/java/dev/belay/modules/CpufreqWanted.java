package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.Remark;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a task wants of CPU frequency policies.
 *
 * @param names of the policies that it is about; empty for all
 * @param preference between energy and speed
 */
record CpufreqWanted(
    String governor,
    ImmutableList<String> names,
    Optional<String> preference,
    Optional<Boolean> boost) {
  private static final String GOVERNOR = "scaling_governor";
  private static final String PREFERENCE = "energy_performance_preference";
  private static final ImmutableSet<String> OWN_GOVERNORS =
      ImmutableSet.of("intel_pstate", "amd-pstate-epp", "amd_pstate_epp");

  /** A file of the kernel's, what it holds, and what it should. */
  record Knob(String kind, String path, String seen, String wanted) {
    boolean isRight() {
      return seen.equals(wanted);
    }
  }

  static CpufreqWanted of(Args args) {
    String governor = args.text("governor");
    word(governor, "a governor");
    args.textIfGiven(PREFERENCE).ifPresent(p -> word(p, "an energy preference"));
    ImmutableList<String> names = args.texts("policies");
    for (String name : names) {
      if (!name.matches("policy[0-9]{1,5}|all")) {
        throw new IllegalArgumentException(
            "'" + name + "' is no name of a policy; they are called policy0 and so on");
      }
    }
    return new CpufreqWanted(
        governor,
        names.contains("all") ? ImmutableList.of() : names,
        args.textIfGiven(PREFERENCE),
        args.flagIfGiven("boost"));
  }

  private static void word(String word, String what) {
    if (!word.matches("[a-z0-9][a-z0-9_]*")) {
      throw new IllegalArgumentException("'" + word + "' is no name for " + what);
    }
  }

  /** The policies that it is about. */
  List<CpuPolicies.Policy> of(CpuPolicies policies) {
    return policies.all().stream()
        .filter(policy -> names.isEmpty() || names.contains(policy.name()))
        .toList();
  }

  /** Everything that is to have a value. */
  List<Knob> knobs(CpuPolicies policies, List<CpuPolicies.Policy> active) {
    List<Knob> knobs = new ArrayList<>();
    for (CpuPolicies.Policy policy : active) {
      knobs.add(knob("governor", policy, GOVERNOR, governor));
    }
    for (CpuPolicies.Policy policy : active) {
      if (preference.isPresent() && policy.file(PREFERENCE).isPresent()) {
        knobs.add(knob("energy preference", policy, PREFERENCE, preference.get()));
      }
    }
    if (boost.isPresent() && policies.boost().isPresent()) {
      CpuPolicies.Boost file = policies.boost().get();
      knobs.add(
          new Knob(
              Paths.name(file.path()),
              file.path(),
              file.value(),
              boost.get() ? file.on() : file.off()));
    }
    return knobs;
  }

  private static Knob knob(String kind, CpuPolicies.Policy policy, String file, String value) {
    return new Knob(kind, policy.path(file), policy.file(file).orElse(""), value);
  }

  /** One change for each kind. */
  static List<Change> live(List<Knob> others) {
    List<Change> changes = new ArrayList<>();
    Set<String> kinds = new LinkedHashSet<>(others.stream().map(Knob::kind).toList());
    for (String kind : kinds) {
      List<Knob> ones = others.stream().filter(knob -> knob.kind.equals(kind)).toList();
      changes.add(
          Change.run(
              kind.equals("boost") || kind.equals("no_turbo")
                  ? kind + " (live)"
                  : kind + " of " + count(ones) + " (live)",
              ones.stream().map(Knob::seen).distinct().collect(Collectors.joining(", ")),
              ones.get(0).wanted,
              KernelFile.write(
                  ones.stream().map(Knob::path).toList(),
                  ones.get(0).wanted,
                  List.of(),
                  KernelFile.Reading.PLAIN)));
    }
    return changes;
  }

  private static String count(List<Knob> knobs) {
    return knobs.size() == 1
        ? Paths.name(Paths.parent(knobs.get(0).path))
        : knobs.size() + " policies";
  }

  /** Why a value cannot be set: no policy offers it. */
  Optional<String> lacking(CpuPolicies policies, List<CpuPolicies.Policy> active, boolean loads) {
    Optional<String> unoffered =
        loads
            ? Optional.empty()
            : unoffered(active, "governor", governor, GOVERNOR, "scaling_available_governors");
    return unoffered.or(
        () ->
            preference.flatMap(
                p ->
                    unoffered(
                        active,
                        "energy preference",
                        p,
                        PREFERENCE,
                        "energy_performance_available_preferences")));
  }

  private static Optional<String> unoffered(
      List<CpuPolicies.Policy> active, String kind, String value, String file, String offers) {
    return active.stream()
        .filter(policy -> !policy.file(file).equals(Optional.of(value)))
        .filter(policy -> !policy.words(offers).isEmpty() && !policy.words(offers).contains(value))
        .findFirst()
        .map(
            policy ->
                "there is no "
                    + kind
                    + " '"
                    + value
                    + "' for "
                    + policy.name()
                    + "; its driver "
                    + policy.file("scaling_driver").orElse("")
                    + " offers "
                    + String.join(", ", policy.words(offers))
                    + (kind.equals("governor")
                        ? "; 'load_module: true' lets the kernel look for it"
                        : ""));
  }

  /** What was asked for besides the governor, and no file here takes. */
  Optional<String> absent(CpuPolicies policies, List<CpuPolicies.Policy> active) {
    boolean noPreference =
        preference.isPresent() && active.stream().allMatch(p -> p.file(PREFERENCE).isEmpty());
    if (noPreference) {
      return Optional.of("no policy here has an " + PREFERENCE);
    }
    return boost.isPresent() && policies.boost().isEmpty()
        ? Optional.of("the driver here has no switch for boost")
        : Optional.empty();
  }

  List<Remark> remarks(CpuPolicies all, List<CpuPolicies.Policy> policies) {
    List<Remark> remarks = new ArrayList<>();
    List<String> off =
        policies.stream().filter(p -> !p.isActive()).map(CpuPolicies.Policy::name).toList();
    if (!off.isEmpty()) {
      remarks.add(Remark.note("left alone, for their CPUs are offline: " + String.join(", ", off)));
    }
    List<CpuPolicies.Policy> active =
        policies.stream().filter(CpuPolicies.Policy::isActive).toList();
    absent(all, active).map(why -> Remark.note(why + "; left alone")).ifPresent(remarks::add);
    active.stream()
        .flatMap(policy -> policy.file("scaling_driver").stream())
        .filter(driver -> OWN_GOVERNORS.contains(driver) && governor.equals("powersave"))
        .findFirst()
        .map(
            driver ->
                Remark.note(
                    driver
                        + " chooses frequencies itself: its powersave follows the load and is not the slowest clock"))
        .ifPresent(remarks::add);
    return remarks;
  }
}
