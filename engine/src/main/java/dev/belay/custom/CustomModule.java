package dev.belay.custom;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Change;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.module.TaskBound;
import dev.belay.module.TaskContext;
import dev.belay.shell.Sh;
import dev.belay.template.Json;
import dev.belay.template.PythonText;
import dev.belay.value.Omit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One run of a user's own program as a module.
 *
 * <p>What it does is not known before it is done, so it is a deed. It goes to the host into a
 * folder that only the user of the task can enter and that is removed behind it; its arguments,
 * which may be secret, go into a file that only that user can read, and never onto a command line.
 *
 * @param arguments those of the task, and Ansible's own words to a module
 * @param setting where the user says that the interpreter is
 */
record CustomModule(
    Program program,
    ImmutableMap<String, Object> arguments,
    Optional<Interpreter> setting,
    Mode mode)
    implements Resource<Optional<String>> {

  /** Before the name of the program's file, so that it can be no other's there. */
  private static final String FILE = "module_";

  /** What may be done. */
  private enum Mode {
    RUN,
    /** It is run, and told that this is a check. */
    REHEARSE,
    /** Nobody says that it may be run in a check. */
    LEAVE
  }

  /** A program and the arguments of a task, before it is known what the task is. */
  record Unbound(Program program, ImmutableMap<String, Object> arguments)
      implements Resource<Boolean>, TaskBound {

    @Override
    public Resource<?> in(TaskContext task) {
      Map<String, Object> all = new LinkedHashMap<>(arguments);
      all.values().removeIf(value -> value == Omit.OMIT);
      all.put("_ansible_check_mode", task.isCheck());
      all.put("_ansible_no_log", task.isHidden());
      all.put("_ansible_debug", false);
      all.put("_ansible_keep_remote_files", false);
      all.put("_ansible_shell_executable", "/bin/sh");
      all.put("_ansible_diff", false);
      all.put("_ansible_verbosity", 0L);
      all.put("_ansible_module_name", program.name());
      return new CustomModule(
          program,
          ImmutableMap.copyOf(all),
          program
              .interpreter()
              .flatMap(interpreter -> task.setting(interpreter.variable()))
              .map(PythonText::str)
              .filter(words -> !words.startsWith("auto"))
              .flatMap(words -> Interpreter.of("#!" + words)),
          !task.isCheck() ? Mode.RUN : program.honoursCheck() ? Mode.REHEARSE : Mode.LEAVE);
    }

    @Override
    public Probe<Boolean> probe() {
      throw new IllegalStateException("not bound to a task");
    }

    @Override
    public Plan plan(Boolean seen) {
      throw new IllegalStateException("not bound to a task");
    }
  }

  /** Which interpreter the host has; nothing is asked for what needs none. */
  @Override
  public Probe<Optional<String>> probe() {
    ImmutableList<String> candidates = program.interpreters(setting);
    return candidates.isEmpty()
        ? Probe.nothing(Optional.empty())
        : Probe.of(
            Sh.of(
                "for i in {}; do if command -v \"$i\" >/dev/null 2>&1; then printf '%s\\n' \"$i\"; break; fi; done",
                candidates),
            output -> output.lines().stream().findFirst());
  }

  @Override
  public Plan plan(Optional<String> seen) {
    if (program.interpreter().isPresent() && seen.isEmpty()) {
      Interpreter wanted = program.interpreter().get();
      return Plan.lacking(
          "the interpreter '"
              + setting.orElse(wanted).program()
              + "' of "
              + program.path()
              + " is not on this host; install it, or say where it is with '"
              + wanted.variable()
              + "'");
    }
    Change change = change(seen);
    return switch (mode) {
      case RUN -> Plan.act(change, output -> new Said(output).acted());
      case REHEARSE -> Plan.rehearse(change, output -> new Said(output).acted());
      case LEAVE ->
          Plan.uncertain(
              "whether it changes anything is known only when it has run; "
                  + program.path()
                  + " does not say "
                  + Program.CHECK_WORD);
    };
  }

  private Change change(Optional<String> interpreter) {
    String json = Json.write(arguments);
    Step lay = new Step.Lay(program.content(json), FILE + program.name());
    return new Change(
        program.name(),
        "(not run)",
        "run",
        ImmutableList.of(
            new Step.Run(folder()),
            lay,
            new Step.Run(Sh.all(ImmutableList.of(file(json), run(interpreter))))));
  }

  /**
   * A folder of its own, which goes away with the shell. What runs by itself needs one from which
   * programs may be run.
   */
  private Sh folder() {
    Sh fits =
        program.interpreter().isPresent()
            ? Sh.of(":")
            : Sh.of(
                "printf '#!/bin/sh\\n' > \"$m/x\" && chmod 0700 -- \"$m/x\" && \"$m/x\" 2>/dev/null");
    return Sh.of(
        """
        w=$PWD; m=
        trap 'cd / && [ -n "$m" ] && rm -rf -- "$m"' EXIT; trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM
        for r in "${TMPDIR:-/tmp}" /var/tmp /dev/shm "${HOME:-/}"; do
          m=$(mktemp -d "$r/belay.XXXXXXXXXX" 2>/dev/null) || { m=; continue; }
          if {}; then break; fi
          rm -rf -- "$m"; m=
        done
        if [ -z "$m" ]; then echo 'no temporary folder here takes a program and lets it run' >&2; exit 1; fi
        cd -- "$m\"""",
        fits);
  }

  /** The file of arguments. */
  private Sh file(String json) {
    return switch (program.protocol()) {
      case BINARY, JSON_FILE -> Sh.of("(umask 077; printf %s {} > args)", json);
      case WORDS -> Sh.of("(umask 077; printf %s {} > args)", words());
      case JSON_INSIDE -> Sh.of(":");
    };
  }

  /** As a shell would read them: that is what such programs do. */
  private String words() {
    StringBuilder words = new StringBuilder();
    arguments.forEach(
        (name, value) ->
            words.append(name).append('=').append(Sh.quote(PythonText.str(value))).append(' '));
    return words.toString();
  }

  private Sh run(Optional<String> interpreter) {
    ImmutableList<String> with =
        interpreter.stream()
            .flatMap(
                path ->
                    ImmutableList.<String>builder()
                        .add(path)
                        .addAll(setting.map(Interpreter::options).orElse(ImmutableList.of()))
                        .addAll(program.interpreter().orElseThrow().options())
                        .build()
                        .stream())
            .collect(toImmutableList());
    Sh given = program.protocol() == Protocol.JSON_INSIDE ? Sh.of("") : Sh.of("\"$m/args\"");
    return Sh.of("cd -- \"$w\" && {} \"$m\"/{} {}", with, FILE + program.name(), given);
  }
}
