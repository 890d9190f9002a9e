package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Readable;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.Optional;

/** Runs a command: a deed, unless what it would make is there already. */
record Command(
    Sh command,
    Object shown,
    Optional<String> creates,
    Optional<String> removes,
    boolean strips,
    Optional<String> warning)
    implements Resource<Command.Seen>, Readable {

  private static final String UNUSED =
      "'executable' is no longer supported by 'command'; '%s' is not used.";

  /** The number of the error by which no program is there. */
  private static final int NOT_FOUND = 2;

  private static final Sh NO_FOLDER =
      Sh.of("{ echo 'Unable to change directory before execution' >&2; exit 1; }");

  private static final ImmutableList<Parameter> COMMON =
      ImmutableList.of(
          Parameter.optional("chdir", Type.PATH, "The folder to run it in."),
          Parameter.optional(
              "creates", Type.SCALAR, "A path or pattern; where it exists, nothing is run."),
          Parameter.optional(
              "removes",
              Type.SCALAR,
              "A path or pattern; where it does not exist, nothing is run."),
          Parameter.optional(
              "stdin", Type.SCALAR, "What it reads on standard input; without it, nothing."),
          Parameter.optional(
                  "stdin_add_newline", Type.FLAG, "Whether the input ends with a newline.")
              .defaultsTo(true),
          Parameter.optional(
                  "strip_empty_ends", Type.FLAG, "Whether empty lines at the end of the output go.")
              .defaultsTo(true));

  static final ModuleSpec SPEC =
      results(ModuleSpec.named("ansible.builtin", "command"))
          .summary("Runs a command without a shell: no pipes and no patterns.")
          .doc(
              "'$NAME' in its words is a variable of the host's environment, where it is set, and '~' before them somebody's home, as in Ansible. A check does not run it, and skips it; where 'creates' or 'removes' say that it would be run, a change is foretold. With 'changed_when: false' and 'check_mode: false' on the task it counts as a question and is asked in a check too.")
          .freeForm("cmd")
          .parameters(
              Parameter.optional(
                  "cmd", Type.SCALAR, "The command, split into words as a shell would."),
              Parameter.optional(
                  "argv", Type.LIST, "The command as a list of words, instead of 'cmd'."),
              Parameter.optional(
                  "executable", Type.SCALAR, "Is not used: a warning says so, as in Ansible."))
          .parameters(COMMON)
          .example("- command: npu-smi info -l\n  changed_when: false\n  check_mode: false")
          .example("- command:\n    cmd: tar -xf /tmp/model.tar -C /srv\n    creates: /srv/model")
          .makes(Command::ofWords);

  static final ModuleSpec SHELL =
      results(ModuleSpec.named("ansible.builtin", "shell"))
          .summary("Runs a command line by the host's shell.")
          .doc(
              "As 'command', and the shell's own language is there. Values of variables in it should go through the filter 'quote'.")
          .freeForm("cmd")
          .parameters(
              Parameter.optional("cmd", Type.SCALAR, "The command line."),
              Parameter.optional("executable", Type.PATH, "Another shell than /bin/sh."))
          .parameters(COMMON)
          .example("- shell: dmesg | grep -c davinci\n  changed_when: false\n  check_mode: false")
          .makes(Command::ofLine);

  private static ModuleSpec.Builder results(ModuleSpec.Builder spec) {
    return spec.result("cmd", "What was run.")
        .result("rc", "The exit status.")
        .result("stdout", "Standard output.")
        .result("stderr", "Standard error.")
        .result("stdout_lines", "Standard output as a list of lines.")
        .result("stderr_lines", "Standard error as a list of lines.");
  }

  /** Whether the paths that decide are there. */
  record Seen(boolean created, boolean removed) {}

  private static Resource<?> ofWords(Args args) {
    if (args.has("argv") && args.has("cmd")) {
      return new NoCommand("only command or argv can be given, not both");
    }
    ImmutableList<String> words =
        args.has("argv")
            ? args.texts("argv")
            : ShellWords.split(args.textIfGiven("cmd").orElse(""));
    return words.isEmpty() ? NoCommand.GIVEN : of(args, found(words), words);
  }

  /** A program that is not there fails with the error's own number, and not with a shell's. */
  private static Sh found(ImmutableList<String> words) {
    ImmutableList<Sh> expanded =
        words.stream().map(word -> new EnvWord(word).sh()).collect(ImmutableList.toImmutableList());
    Sh program = expanded.get(0);
    return Sh.of(
        "{ command -v -- {} >/dev/null 2>&1 || [ -e {} ] || { printf '%s\\n' {} >&2; exit {}; }; {}; }",
        program, program, notFound(words.get(0)), String.valueOf(NOT_FOUND), spaced(expanded));
  }

  private static Sh spaced(ImmutableList<Sh> words) {
    return words.stream().skip(1).reduce(words.get(0), (line, word) -> Sh.of("{} {}", line, word));
  }

  private static String notFound(String program) {
    return "[Errno 2] No such file or directory: b'" + program + "'";
  }

  private boolean isNotFound(Output output) {
    return shown instanceof ImmutableList<?> words
        && output.status() == NOT_FOUND
        && output.out().isEmpty()
        && output.err().strip().equals(notFound(words.get(0).toString()));
  }

  private static Resource<?> ofLine(Args args) {
    String line = args.textIfGiven("cmd").orElse("");
    if (line.isBlank()) {
      return NoCommand.GIVEN;
    }
    return of(
        args, Sh.of("{} -c {}", args.textIfGiven("executable").orElse("/bin/sh"), line), line);
  }

  private static Command of(Args args, Sh run, Object shown) {
    Sh fed =
        args.textIfGiven("stdin")
            .map(
                text ->
                    Sh.of(
                        "printf %s {} | {}",
                        args.flag("stdin_add_newline") ? text + "\n" : text, run))
            .orElse(run);
    Sh there =
        args.textIfGiven("chdir")
            .map(dir -> Sh.of("cd -P -- {} || {}; {}", dir, NO_FOLDER, fed))
            .orElse(fed);
    return new Command(
        there,
        shown,
        args.textIfGiven("creates").filter(path -> !path.isEmpty()),
        args.textIfGiven("removes").filter(path -> !path.isEmpty()),
        args.flag("strip_empty_ends"),
        args.textIfGiven("executable")
            .filter(shell -> shown instanceof ImmutableList)
            .map(UNUSED::formatted));
  }

  @Override
  public Probe<Seen> probe() {
    if (creates.isEmpty() && removes.isEmpty()) {
      return Probe.nothing(new Seen(false, true));
    }
    return Probe.of(
        Sh.of("{}; {}", there(creates), there(removes)),
        output ->
            new Seen(
                creates.isPresent() && output.lines().get(0).equals("1"),
                removes.isEmpty() || output.lines().get(1).equals("1")));
  }

  /** Patterns are the shell's; every other character of the path is taken as it is. */
  private static Sh there(Optional<String> pattern) {
    return pattern
        .map(
            p ->
                Sh.of(
                    "n=0; for f in {}; do if [ -e \"$f\" ] || [ -L \"$f\" ]; then n=1; fi; done; echo $n",
                    new GlobWord(p).sh()))
        .orElse(Sh.of("echo 0"));
  }

  @Override
  public Plan plan(Seen seen) {
    if (seen.created || !seen.removed) {
      return Plan.satisfied();
    }
    String after =
        shown instanceof Iterable<?> words
            ? String.join(" ", ((ImmutableList<?>) words).stream().map(Object::toString).toList())
            : shown.toString();
    Change change = Change.run("command", "(not run)", after, command);
    Plan plan =
        creates.isPresent() || removes.isPresent()
            ? Plan.act(change, this::acted)
            : Plan.blind(change, this::acted);
    return warning.isPresent() ? plan.with(Remark.note(warning.get())) : plan;
  }

  private Acted acted(Output output) {
    return new Acted(
        values(output), output.succeeded() ? Optional.empty() : Optional.of(failure(output)));
  }

  private String failure(Output output) {
    String last = output.err().strip();
    return isNotFound(output) || last.endsWith("Unable to change directory before execution")
        ? last
        : "non-zero return code";
  }

  private ImmutableMap<String, Object> values(Output output) {
    String out = strips ? output.out().replaceFirst("[\r\n]+$", "") : output.out();
    boolean found = !isNotFound(output);
    String said = found ? output.err() : "";
    String err = strips ? said.replaceFirst("[\r\n]+$", "") : said;
    ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
    warning.ifPresent(text -> values.put("warnings", ImmutableList.of(text)));
    return values
        .put("cmd", shown)
        .put("rc", (long) output.status())
        .put("stdout", out)
        .put("stderr", err)
        .put("stdout_lines", Output.lines(out))
        .put("stderr_lines", Output.lines(err))
        .put("changed", found)
        .buildOrThrow();
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    if (!seen.created && seen.removed) {
      return ImmutableMap.of("msg", "Command would have run if not in check mode");
    }
    String why =
        seen.created
            ? "since " + creates.orElseThrow() + " exists"
            : "since " + removes.orElseThrow() + " does not exist";
    return ImmutableMap.of(
        "cmd",
        shown,
        "rc",
        0L,
        "stdout",
        "skipped, " + why,
        "stderr",
        "",
        "stdout_lines",
        ImmutableList.of("skipped, " + why),
        "stderr_lines",
        ImmutableList.of(),
        "msg",
        "Did not run command " + why);
  }

  @Override
  public Resource<Output> asQuestion() {
    Command self = this;
    return new Resource<>() {
      @Override
      public Probe<Output> probe() {
        return Probe.of(command, output -> output);
      }

      @Override
      public Plan plan(Output seen) {
        return seen.succeeded() ? Plan.satisfied() : Plan.impossible(failure(seen));
      }

      @Override
      public ImmutableMap<String, Object> result(Output seen) {
        return self.values(seen);
      }
    };
  }
}
