package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Content;
import dev.belay.module.FileText;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Environment variables in a file. What a task does not name stays, so that several tasks may share
 * a file; the whole of what the file will say is held against the schema, for it is the whole that
 * a job gets.
 *
 * @param soc the processor that the environment is for
 * @param schema whether the schema is asked
 */
record Env(
    String path,
    EnvDialect dialect,
    boolean gone,
    ImmutableMap<String, String> set,
    ImmutableList<String> absent,
    ImmutableList<ListEdit> edits,
    String mode,
    Soc soc,
    boolean schema,
    Optional<String> unit,
    Optional<String> process)
    implements Resource<Env.Seen> {

  private static final String BASE_PORT = "HCCL_IF_BASE_PORT";
  private static final long HCCL_PORTS = 32;

  /**
   * What is there: the file, other files that say the same, who runs with it, and the ports that
   * the kernel gives to nobody.
   */
  record Seen(
      FileText text, PathSeen at, EnvOthers others, EnvRunning running, FileText reservedPorts) {}

  /** The same file, which is to go. */
  Env away() {
    return new Env(path, dialect, true, set, absent, edits, mode, soc, schema, unit, process);
  }

  /** The same place, of which something else is wanted. */
  Env with(
      ImmutableMap<String, String> otherSet,
      ImmutableList<String> otherAbsent,
      ImmutableList<ListEdit> otherEdits) {
    return new Env(
        path, dialect, gone, otherSet, otherAbsent, otherEdits, mode, soc, schema, unit, process);
  }

  /** The variables that the task is about. */
  private ImmutableSet<String> managed() {
    ImmutableSet.Builder<String> names = ImmutableSet.builder();
    names.addAll(set.keySet()).addAll(absent);
    edits.forEach(edit -> names.add(edit.variable()));
    return names.build();
  }

  private boolean onlyLooks() {
    return managed().isEmpty() && !gone;
  }

  @Override
  public Probe<Seen> probe() {
    FileText none = new FileText.Absent();
    Probe<FileText> ports =
        set.containsKey(BASE_PORT)
            ? Probe.text("/proc/sys/net/ipv4/ip_local_reserved_ports")
            : Probe.nothing(none);
    return Probe.text(path)
        .and(
            ports,
            (text, p) -> new Seen(text, PathSeen.absent(), EnvOthers.NONE, EnvRunning.NONE, p))
        .and(
            PathSeen.at(path),
            (seen, at) -> new Seen(seen.text, at, seen.others, seen.running, seen.reservedPorts))
        .and(
            EnvOthers.probe(dialect, path, unit, managed()),
            (seen, others) ->
                new Seen(seen.text, seen.at, others, seen.running, seen.reservedPorts))
        .and(
            EnvRunning.probe(unit, process, managed()),
            (seen, running) ->
                new Seen(seen.text, seen.at, seen.others, running, seen.reservedPorts));
  }

  @Override
  public Plan plan(Seen seen) {
    if (seen.at.is(PathSeen.Kind.DIRECTORY)) {
      return Plan.impossible(path + " is a directory");
    } else if (seen.text instanceof FileText.Unreadable unreadable) {
      return Plan.unverifiable(path + " cannot be read: " + unreadable.why());
    } else if (gone) {
      return removed(seen);
    }
    EnvFile file = file(seen);
    ImmutableMap<String, EnvValue> after = file.with(set, edits, absent);
    EnvSchema.Findings findings = findings(after);
    List<Remark> remarks = remarks(seen, after, findings);
    if (!findings.conflicts().isEmpty()) {
      return Plan.impossible(path + " would not do: " + String.join("; ", findings.conflicts()))
          .with(remarks);
    }
    try {
      return onlyLooks()
          ? Plan.satisfied().with(remarks)
          : written(seen, file, after).with(remarks);
    } catch (IllegalArgumentException e) {
      return Plan.impossible(path + ": " + e.getMessage()).with(remarks);
    }
  }

  private EnvFile file(Seen seen) {
    return EnvFile.read(dialect, seen.text.ifPresent().orElse(""));
  }

  private Plan removed(Seen seen) {
    return seen.text
        .ifPresent()
        .map(text -> Plan.of(Change.run(path, text, Change.ABSENT, Sh.of("rm -f -- {}", path))))
        .orElseGet(Plan::satisfied);
  }

  private EnvSchema.Findings findings(Map<String, EnvValue> after) {
    return schema
        ? EnvSchema.builtin().check(EnvFile.texts(after), soc, dialect.scope())
        : EnvSchema.Findings.NONE;
  }

  private Plan written(Seen seen, EnvFile file, ImmutableMap<String, EnvValue> after) {
    Optional<String> lost = lost(file);
    if (lost.isPresent()) {
      return Plan.impossible(
          path
              + " has a line that is no plain variable and would be lost: '"
              + lost.get()
              + "'; name another file, or the variable in 'set' or 'absent'");
    }
    String text = file.text(after);
    Optional<String> before = seen.text.ifPresent();
    if (before.isEmpty() && after.isEmpty()) {
      return Plan.satisfied();
    } else if (before.equals(Optional.of(text))) {
      List<Sh> corrections = seen.at.corrections(Attributes.mode(mode), path);
      return corrections.isEmpty()
          ? Plan.satisfied()
          : Plan.of(
              Change.run(
                  path,
                  seen.at.attributes(),
                  seen.at.with(Attributes.mode(mode)),
                  Sh.all(corrections)));
    }
    Step make = new Step.Run(Sh.of("mkdir -p -- {}", Paths.parent(path)));
    Step put = new Step.Put(Content.of(text), path, Attributes.mode(mode));
    return Plan.of(
        new Change(path, before.orElse(Change.ABSENT), text, ImmutableList.of(make, put)));
  }

  /** A line that would be lost, other than one of a variable that the task itself decides over. */
  private Optional<String> lost(EnvFile file) {
    ImmutableSet<String> decided =
        ImmutableSet.<String>builder().addAll(set.keySet()).addAll(absent).build();
    return dialect.isShared()
        ? Optional.empty()
        : file.unread().stream()
            .filter(line -> ProfileLine.variable(line).filter(decided::contains).isEmpty())
            .findFirst();
  }

  private List<Remark> remarks(
      Seen seen, Map<String, EnvValue> after, EnvSchema.Findings findings) {
    List<Remark> remarks = new ArrayList<>(findings.remarks());
    if (!schema) {
      remarks.add(Remark.note("the schema of variables is switched off for this task"));
    }
    remarks.addAll(seen.others.remarks(dialect, path, after, managed()));
    remarks.addAll(seen.running.remarks(after, managed()));
    if (schema) {
      unreserved(seen).ifPresent(remarks::add);
    }
    if (dialect == EnvDialect.ENV_FILE && unit.isPresent() && !seen.others.isRead(path)) {
      remarks.add(
          Remark.risk(unit.get() + " has no EnvironmentFile=" + path + ", and does not read it"));
    }
    return remarks;
  }

  /** The kernel may give away a port that HCCL is to bind. */
  private Optional<Remark> unreserved(Seen seen) {
    return Optional.ofNullable(set.get(BASE_PORT))
        .filter(port -> port.matches("[0-9]{1,5}"))
        .map(port -> port + "-" + (Long.parseLong(port) + HCCL_PORTS - 1))
        .filter(range -> seen.reservedPorts instanceof FileText.Present)
        .filter(
            range ->
                !PortSet.of(seen.reservedPorts.ifPresent().orElse("").strip())
                    .holds(PortSet.of(range)))
        .map(
            range ->
                Remark.risk(
                    "the kernel may give away the ports "
                        + range
                        + " that HCCL binds; put them into net.ipv4.ip_local_reserved_ports"));
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    ImmutableMap<String, String> texts =
        gone ? ImmutableMap.of() : EnvFile.texts(file(seen).with(set, edits, absent));
    EnvSchema.Findings findings = EnvSchema.builtin().check(texts, soc, dialect.scope());
    return ImmutableMap.of(
        "path",
        path,
        "dest",
        path,
        "variables",
        texts,
        "conflicts",
        findings.conflicts(),
        "risks",
        findings.risks());
  }
}
