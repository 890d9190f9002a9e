package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A unit of systemd's: whether it runs, starts at boot, is masked; and systemd itself. */
record SystemdModule(UnitWanted wanted) implements Resource<UnitSeen> {
  private static final String DOC =
      "Where systemd does not run (an image, a chroot, most containers), 'enabled' and 'masked' are honoured, for they are files; a 'state' alone is unsupported there, and beside them it is left with a remark."
          + " A host without systemctl is unsupported: init scripts are not looked at.\n\n"
          + "restarted and reloaded are deeds, done in each run; so is started for a unit that ends by itself (a oneshot without RemainAfterExit)."
          + " A unit that nothing can enable or disable (static, generated) is left as it is."
          + " Where a file of the running unit is newer than its process, a remark says that a restart is needed.";

  private static final ImmutableList<Parameter> COMMON =
      ImmutableList.of(
          Parameter.optional(
                  "state",
                  Type.TEXT,
                  "Whether it runs: started, stopped; or a deed: restarted, reloaded.")
              .oneOf("started", "stopped", "restarted", "reloaded"),
          Parameter.optional("enabled", Type.FLAG, "Whether a boot starts it."));

  /** Of systemd's own module, and of service, which hands it on. */
  private static final Parameter RELOAD =
      Parameter.optional(
              "daemon_reload", Type.FLAG, "Whether systemd is to know what unit files say.")
          .alias("daemon-reload")
          .defaultsTo(false);

  static final ModuleSpec SPEC = systemd("systemd");
  static final ModuleSpec SERVICE_SPEC = systemd("systemd_service");

  static final ModuleSpec SERVICE =
      results(ModuleSpec.named("ansible.builtin", "service"))
          .summary("Starts, stops, enables or disables a service.")
          .doc(
              DOC
                  + " Not there: 'pattern', 'sleep', 'runlevel' and 'arguments', which Ansible's module does not use with systemd either.")
          .parameters(Parameter.required("name", Type.TEXT, "The service."))
          .parameters(COMMON)
          .parameters(
              RELOAD,
              Parameter.optional("use", Type.TEXT, "What runs services; systemd is all there is.")
                  .oneOf("auto", "systemd", "ansible.builtin.systemd")
                  .defaultsTo("auto"))
          .example("- service:\n    name: cron\n    state: started\n    enabled: true")
          .makes(args -> new SystemdModule(UnitWanted.ofService(args)));

  private static ModuleSpec systemd(String name) {
    return results(ModuleSpec.named("ansible.builtin", name))
        .summary("Starts, stops, enables, disables or masks a unit of systemd.")
        .doc(
            DOC
                + " 'daemon_reload' is done where a unit's file differs from what systemd loaded, and 'daemon_reexec' where systemd's program was replaced since it started; Ansible's module does both each time, and calls neither a change."
                + " 'scope' is the system's alone so far.")
        .parameters(
            Parameter.optional("name", Type.TEXT, "The unit; without a suffix it is a service.")
                .alias("service", "unit"))
        .parameters(COMMON)
        .parameters(
            Parameter.optional("masked", Type.FLAG, "Whether nothing can start it."),
            RELOAD,
            Parameter.optional(
                    "daemon_reexec",
                    Type.FLAG,
                    "Whether systemd is to run the program that is installed.")
                .alias("daemon-reexec")
                .defaultsTo(false),
            Parameter.optional("scope", Type.TEXT, "Whose systemd.")
                .oneOf("system")
                .defaultsTo("system"),
            Parameter.optional(
                    "no_block", Type.FLAG, "Whether starting and stopping is not waited for.")
                .defaultsTo(false),
            Parameter.optional(
                    "force",
                    Type.FLAG,
                    "Whether links in the way are replaced, as systemctl has it.")
                .defaultsTo(false))
        .example("- " + name + ":\n    name: irqbalance\n    state: stopped\n    enabled: false")
        .example("- " + name + ":\n    daemon_reload: true")
        .makes(args -> new SystemdModule(UnitWanted.of(args)));
  }

  private static ModuleSpec.Builder results(ModuleSpec.Builder spec) {
    return spec.result("name", "The unit, as given.")
        .result("state", "started or stopped, where a state is given.")
        .result("enabled", "Whether a boot starts it, where that is given.")
        .result("status", "The unit's properties by name, as 'systemctl show' has them.");
  }

  @Override
  public Probe<UnitSeen> probe() {
    return UnitSeen.probe(wanted.unit(), wanted.ofManager());
  }

  @Override
  public Plan plan(UnitSeen seen) {
    if (!seen.is(UnitSeen.Flag.SYSTEMCTL)) {
      return Plan.unsupported("this host has no systemctl, so no systemd to ask");
    }
    Optional<Plan> hindrance = hindrance(seen);
    if (hindrance.isPresent()) {
      return hindrance.get();
    }
    List<Change> changes = new ArrayList<>(UnitEdit.ofManager(wanted, seen));
    wanted.unit().ifPresent(unit -> changes.addAll(UnitEdit.ofFiles(wanted, seen)));
    Optional<Change> deed = UnitEdit.deed(wanted, seen);
    if (deed.isPresent()) {
      return Plan.act(joined(changes, deed.get()), output -> acted(seen, output))
          .with(remarks(seen));
    }
    changes.addAll(UnitEdit.ofState(wanted, seen));
    return Plan.of(changes).with(remarks(seen));
  }

  private Optional<Plan> hindrance(UnitSeen seen) {
    boolean offline = !seen.is(UnitSeen.Flag.RUNS);
    if (offline && wanted.enabled().isEmpty() && wanted.masked().isEmpty()) {
      return Optional.of(
          Plan.unsupported(
              "systemd does not run here, so nothing can be started, stopped or reloaded"));
    }
    boolean needed = wanted.enabled().isPresent() || wanted.state().isPresent();
    if (wanted.unit().isPresent() && needed && !seen.isFound() && !comesByReload(seen)) {
      return Optional.of(
          Plan.lacking("Could not find the requested service " + wanted.unit().get() + ": host"));
    }
    boolean wakes =
        wanted.enabled().orElse(false)
            || wanted.state().filter(s -> s != UnitWanted.State.STOPPED).isPresent() && !offline;
    if (seen.isMasked() && wakes && wanted.masked().orElse(true)) {
      return Optional.of(
          Plan.impossible(
              wanted.unit().orElse("") + " is masked; say 'masked: false' to unmask it"));
    }
    return Optional.empty();
  }

  /** A file that systemd has not seen yet, in a task that makes it look. */
  private boolean comesByReload(UnitSeen seen) {
    return wanted.is(UnitWanted.How.RELOAD)
        && (seen.is(UnitSeen.Flag.ENABLED_STATUS) || seen.enablement().equals("disabled"));
  }

  private static Change joined(List<Change> changes, Change deed) {
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    changes.forEach(change -> steps.addAll(change.steps()));
    List<String> before = new ArrayList<>(changes.stream().map(SystemdModule::before).toList());
    List<String> after = new ArrayList<>(changes.stream().map(SystemdModule::after).toList());
    before.add(deed.before());
    after.add(deed.after());
    return new Change(
        deed.what(),
        String.join(", ", before),
        String.join(", ", after),
        steps.addAll(deed.steps()).build());
  }

  private static String before(Change change) {
    return change.before();
  }

  private static String after(Change change) {
    return change.after();
  }

  private Acted acted(UnitSeen seen, Output output) {
    ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
    values.putAll(result(seen));
    wanted.enabled().ifPresent(enabled -> values.put("enabled", enabled));
    return new Acted(
        values.buildKeepingLast(),
        output.succeeded()
            ? Optional.empty()
            : Optional.of(
                output.err().isBlank()
                    ? "systemctl ended with status " + output.status()
                    : output.err().strip()));
  }

  private List<Remark> remarks(UnitSeen seen) {
    List<Remark> remarks = new ArrayList<>();
    if (!seen.is(UnitSeen.Flag.RUNS) && wanted.state().isPresent()) {
      remarks.add(Remark.note("systemd does not run here: whether the unit runs is not looked at"));
    }
    boolean ends =
        wanted.state().filter(s -> s == UnitWanted.State.STOPPED).isPresent()
            || !wanted.enabled().orElse(true)
            || wanted.masked().orElse(false);
    boolean watched = wanted.unit().filter(u -> u.matches("irqbalance(\\.service)?")).isPresent();
    if (ends && watched && seen.is(UnitSeen.Flag.SYSMONITOR)) {
      remarks.add(
          Remark.risk(
              "sysmonitor is on this host and starts irqbalance again; take it out of /etc/sysmonitor/process, and mask the unit"));
    }
    boolean stays = wanted.state().filter(s -> s == UnitWanted.State.STARTED).isPresent();
    if (stays && seen.isRunning() && !seen.newer().isEmpty()) {
      remarks.add(
          Remark.restartNeeded(
              "newer than the running process: " + String.join(", ", seen.newer())));
    } else if (stays && seen.isRunning() && seen.property("NeedDaemonReload").equals("yes")) {
      remarks.add(
          Remark.restartNeeded(
              "the unit's file differs from what systemd loaded: 'daemon_reload', then a restart"));
    }
    if (wanted.enabled().isPresent() && seen.isStatic()) {
      remarks.add(
          Remark.note(
              "the unit is "
                  + seen.enablement()
                  + ": others start it, and it cannot be enabled or disabled"));
    }
    return remarks;
  }

  @Override
  public ImmutableMap<String, Object> result(UnitSeen seen) {
    ImmutableMap.Builder<String, Object> result = ImmutableMap.builder();
    wanted.unit().ifPresent(unit -> result.put("name", unit));
    wanted
        .state()
        .ifPresent(
            state ->
                result.put("state", state == UnitWanted.State.STOPPED ? "stopped" : "started"));
    wanted.enabled().ifPresent(enabled -> result.put("enabled", seen.isEnabled()));
    return result.put("status", ImmutableMap.copyOf(seen.properties())).buildOrThrow();
  }
}
