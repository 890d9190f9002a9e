package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Content;
import dev.belay.module.FileText;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The governor of all CPU frequency policies, now and after a boot. */
record Cpufreq(String governor, boolean required, Persist persist)
    implements Resource<Cpufreq.Seen> {
  private static final String POLICIES = "/sys/devices/system/cpu/cpufreq";
  private static final String UNIT = "/etc/systemd/system/belay-cpufreq.service";
  private static final String WANTS =
      "/etc/systemd/system/multi-user.target.wants/belay-cpufreq.service";
  private static final String TMPFILES = "/etc/tmpfiles.d/belay-cpufreq.conf";

  static final ModuleSpec SPEC =
      ModuleSpec.named("belay.builtin", "cpufreq")
          .summary("Sets the frequency governor of all CPUs, and keeps it over a boot.")
          .doc(
              "Works by policy, not by CPU: CPUs of one policy share its governor. Policies whose CPUs are all offline are left alone."
                  + " A host without policies (a virtual machine, firmware that keeps frequencies to itself) is unsupported: there the firmware's power profile decides.")
          .parameters(
              Parameter.optional(
                      "governor", Type.TEXT, "One of those that the host's driver offers.")
                  .defaultsTo("performance"),
              Parameter.optional(
                      "missing",
                      Type.TEXT,
                      "What a host without policies is: unsupported (skip) or failed (fail).")
                  .oneOf("skip", "fail")
                  .defaultsTo("skip"),
              Parameter.optional(
                      "persist",
                      Type.TEXT,
                      "What sets it at boot: a systemd unit, a line of tmpfiles.d, or nothing.")
                  .oneOf("unit", "tmpfiles", "none")
                  .defaultsTo("unit"))
          .example("- cpufreq:\n    governor: performance")
          .result("policies", "The governor of each policy.")
          .makes(Cpufreq::of);

  enum Persist {
    UNIT,
    TMPFILES,
    NONE
  }

  /** What one policy has. */
  record Policy(String name, String governor, List<String> available, boolean active) {}

  /**
   * What is there: policies, whether they can be written, what a boot sets, and tuned's profile.
   */
  record Seen(
      ImmutableList<Policy> policies,
      boolean readOnly,
      FileText unit,
      String wants,
      FileText tmpfiles,
      FileText tuned) {}

  private static Cpufreq of(Args args) {
    String governor = args.text("governor");
    if (!governor.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("'" + governor + "' is no name for a governor");
    }
    return new Cpufreq(
        governor,
        args.text("missing").equals("fail"),
        Persist.valueOf(args.text("persist").toUpperCase(java.util.Locale.ROOT)));
  }

  @Override
  public Probe<Seen> probe() {
    Sh policies =
        Sh.of(
            "d={}; grep -Hs '' \"$d\"/policy*/scaling_governor \"$d\"/policy*/scaling_available_governors \"$d\"/policy*/affected_cpus;"
                + " for f in \"$d\"/policy*/scaling_governor; do if [ -e \"$f\" ] && [ ! -w \"$f\" ] && [ \"$(id -u)\" = 0 ]; then echo ro; break; fi; done; :",
            POLICIES);
    return Probe.of(policies, Cpufreq::read)
        .and(
            Probe.text(UNIT),
            (seen, unit) ->
                new Seen(seen.policies, seen.readOnly, unit, "", seen.tmpfiles, seen.tuned))
        .and(
            Probe.text(TMPFILES),
            (seen, text) -> new Seen(seen.policies, seen.readOnly, seen.unit, "", text, seen.tuned))
        .and(
            Probe.text("/etc/tuned/active_profile"),
            (seen, text) ->
                new Seen(seen.policies, seen.readOnly, seen.unit, "", seen.tmpfiles, text))
        .and(
            Probe.of(
                Sh.of("if [ -L {} ]; then readlink -- {}; fi", WANTS, WANTS), o -> o.out().strip()),
            (seen, wants) ->
                new Seen(
                    seen.policies, seen.readOnly, seen.unit, wants, seen.tmpfiles, seen.tuned));
  }

  private static Seen read(Output output) {
    Map<String, Map<String, String>> files = new LinkedHashMap<>();
    for (String line : output.lines()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String path = line.substring(0, colon);
        files
            .computeIfAbsent(Paths.name(Paths.parent(path)), p -> new LinkedHashMap<>())
            .put(Paths.name(path), line.substring(colon + 1).strip());
      }
    }
    ImmutableList.Builder<Policy> policies = ImmutableList.builder();
    files.forEach(
        (name, file) -> {
          if (file.containsKey("scaling_governor")) {
            policies.add(
                new Policy(
                    name,
                    file.get("scaling_governor"),
                    Splitter.on(' ')
                        .omitEmptyStrings()
                        .splitToList(file.getOrDefault("scaling_available_governors", "")),
                    !file.getOrDefault("affected_cpus", "0").isEmpty()));
          }
        });
    FileText none = new FileText.Absent();
    return new Seen(policies.build(), output.lines().contains("ro"), none, "", none, none);
  }

  @Override
  public Plan plan(Seen seen) {
    List<Policy> active = seen.policies.stream().filter(Policy::active).toList();
    if (active.isEmpty()) {
      String why =
          "this host has no CPU frequency policies: it is a virtual machine, or its firmware decides; set the firmware's power profile to performance";
      return required ? Plan.impossible(why) : Plan.unsupported(why);
    }
    List<Policy> others =
        active.stream().filter(policy -> !policy.governor.equals(governor)).toList();
    if (seen.readOnly) {
      return others.isEmpty()
          ? Plan.satisfied()
          : Plan.unsupported(POLICIES + " is read-only here, as in a container");
    }
    List<Policy> lacking =
        others.stream()
            .filter(policy -> !policy.available.isEmpty() && !policy.available.contains(governor))
            .toList();
    if (!lacking.isEmpty()) {
      return Plan.impossible(
          "there is no governor '"
              + governor
              + "' here; the driver offers "
              + String.join(", ", lacking.get(0).available));
    }
    List<Change> changes = new ArrayList<>();
    if (!others.isEmpty()) {
      changes.add(live(others));
    }
    changes.addAll(persisted(seen));
    return Plan.of(changes).with(tuned(seen));
  }

  private Change live(List<Policy> others) {
    List<String> files =
        others.stream().map(policy -> POLICIES + "/" + policy.name + "/scaling_governor").toList();
    String before =
        others.stream().map(Policy::governor).distinct().collect(Collectors.joining(", "));
    // Some kernels answer EBUSY while CPUs come or go.
    Sh set =
        Sh.of(
            "for f in {}; do printf '%s\\n' {} > \"$f\" || { sleep 0.1; printf '%s\\n' {} > \"$f\"; } || exit 1; done",
            files, governor, governor);
    return Change.run("governor of " + others.size() + " policies (live)", before, governor, set);
  }

  private List<Change> persisted(Seen seen) {
    return switch (persist) {
      case NONE -> List.of();
      case TMPFILES -> file(TMPFILES, tmpfilesText(), seen.tmpfiles);
      case UNIT -> unit(seen);
    };
  }

  private List<Change> unit(Seen seen) {
    List<Change> changes = new ArrayList<>(file(UNIT, unitText(), seen.unit));
    if (!seen.wants.equals(UNIT)) {
      // systemctl enable makes just this link, and is not there where systemd does not run.
      Sh enable = Sh.of("mkdir -p -- {} && ln -sfn -- {} {}", Paths.parent(WANTS), UNIT, WANTS);
      changes.add(
          Change.run(
              "belay-cpufreq.service at boot",
              seen.wants.isEmpty() ? "disabled" : seen.wants,
              "enabled",
              enable));
    }
    return changes;
  }

  private static List<Change> file(String path, String text, FileText seen) {
    if (seen.ifPresent().filter(text::equals).isPresent()) {
      return List.of();
    }
    Step make = new Step.Run(Sh.of("mkdir -p -- {}", Paths.parent(path)));
    Step put = new Step.Put(Content.of(text), path, Attributes.mode("0644"));
    return List.of(
        new Change(
            path, seen.ifPresent().orElse(Change.ABSENT), text, ImmutableList.of(make, put)));
  }

  private String unitText() {
    return """
        # Managed by belay.
        [Unit]
        Description=CPU frequency governor %s
        After=tuned.service cpupower.service

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        ExecStart=/bin/sh -c 'echo %s | tee %s/policy*/scaling_governor >/dev/null'

        [Install]
        WantedBy=multi-user.target
        """
        .formatted(governor, governor, POLICIES);
  }

  private String tmpfilesText() {
    return "# Managed by belay.\nw "
        + POLICIES
        + "/policy*/scaling_governor - - - - "
        + governor
        + "\n";
  }

  private static List<Remark> tuned(Seen seen) {
    return seen.tuned
        .ifPresent()
        .map(String::strip)
        .filter(p -> !p.isEmpty())
        .map(
            profile ->
                List.of(
                    Remark.note(
                        "tuned has the profile '"
                            + profile
                            + "' here and may set the governor too")))
        .orElse(List.of());
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    ImmutableMap.Builder<String, Object> policies = ImmutableMap.builder();
    seen.policies.forEach(policy -> policies.put(policy.name, policy.governor));
    return ImmutableMap.of("policies", policies.buildOrThrow());
  }
}
