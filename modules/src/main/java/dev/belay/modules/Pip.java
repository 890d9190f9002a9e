package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.Done;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Packages of a Python, or of a virtual environment. */
record Pip(
    ImmutableList<PythonRequirement> wanted,
    Optional<String> requirements,
    State state,
    boolean guesses,
    boolean breaksSystem,
    PipCommand pip)
    implements Resource<PipSeen> {

  enum State {
    PRESENT,
    ABSENT,
    LATEST,
    FORCEREINSTALL
  }

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "pip")
          .summary("Installs and removes packages of Python with pip.")
          .doc(
              "What is installed is read from the folders of a virtual environment, or asked of pip, which takes a second: names are compared as PEP 503 has them, versions as PEP 440. Requirement files are read on the host."
                  + " What pip alone can tell (state=latest, extras, addresses, paths, conditions, 'editable', files with more than names and versions) is done in each run; it is 'changed' where pip's list differs afterwards, and a check says that it would look."
                  + "\n\nA Python that its distribution manages (PEP 668) is refused before anything is done: use 'virtualenv', or 'break_system_packages' at your own risk."
                  + " Where the default 'virtualenv' is not on the host, python3 -m venv makes the environment."
                  + "\n\n'virtualenv_python' goes with virtualenv alone. No requirement may begin with '-'.")
          .parameters(
              Parameter.optional(
                  "name", Type.LIST, "Packages, with versions, as 'numpy>=1.26,<2'; or addresses."),
              Parameter.optional("version", Type.TEXT, "The version of the one package in 'name'."),
              Parameter.optional("requirements", Type.TEXT, "A file of requirements on the host."),
              Parameter.optional("state", Type.TEXT, "What they are to be.")
                  .oneOf("present", "absent", "latest", "forcereinstall")
                  .defaultsTo("present"),
              Parameter.optional(
                  "executable", Type.TEXT, "The pip to use, by name or path; else pip3."),
              Parameter.optional(
                  "virtualenv", Type.TEXT, "An environment to use, made where it is absent."),
              Parameter.optional("virtualenv_command", Type.TEXT, "What makes it.")
                  .defaultsTo("virtualenv"),
              Parameter.optional("virtualenv_python", Type.TEXT, "The Python in it."),
              Parameter.optional(
                      "virtualenv_site_packages",
                      Type.FLAG,
                      "Whether a new one sees the packages of its Python.")
                  .defaultsTo(false),
              Parameter.optional(
                  "extra_args", Type.TEXT, "More arguments of pip, in shell's words."),
              Parameter.optional(
                      "editable", Type.FLAG, "Whether packages are linked to their source.")
                  .defaultsTo(false),
              Parameter.optional("chdir", Type.PATH, "Where pip is called."),
              Parameter.optional("umask", Type.TEXT, "As '0022'."),
              Parameter.optional(
                      "break_system_packages",
                      Type.FLAG,
                      "Whether a Python that its distribution manages may be changed: a risk.")
                  .defaultsTo(false))
          .example(
              "- pip:\n    name: [modelscope, pandas, datasets, gevent, sacrebleu, rouge_score, pybind11, pytest]\n    virtualenv: /opt/vllm\n    virtualenv_command: python3 -m venv")
          .example(
              "- pip:\n    requirements: /srv/app/requirements.txt\n    virtualenv: /srv/app/venv")
          .result("cmd", "The command, in words.")
          .result("name", "The packages.")
          .result("version", "The version, where one is given.")
          .result("requirements", "The file, where one is given.")
          .result("virtualenv", "The environment, where one is given.")
          .result("stdout", "What pip said, where it did something.")
          .result("stderr", "Its warnings and errors.")
          .makes(Pip::of);

  private static Pip of(Args args) {
    State state = State.valueOf(args.text("state").toUpperCase(java.util.Locale.ROOT));
    if (args.has("name") == args.has("requirements")) {
      throw new IllegalArgumentException("give one of 'name' and 'requirements'");
    } else if (args.has("executable") && args.has("virtualenv")) {
      throw new IllegalArgumentException("give one of 'executable' and 'virtualenv'");
    } else if (args.has("version") && state == State.LATEST) {
      throw new IllegalArgumentException("'version' does not go with state=latest");
    }
    return new Pip(
        wanted(args),
        args.textIfGiven("requirements").map(file -> PipCommand.within(args, file)),
        state,
        args.flag("editable") || args.has("extra_args") && args.has("requirements"),
        args.flag("break_system_packages"),
        PipCommand.of(args));
  }

  private static ImmutableList<PythonRequirement> wanted(Args args) {
    List<String> words = joined(args.texts("name"));
    for (String word : words) {
      if (word.isBlank() || word.startsWith("-") || word.chars().anyMatch(c -> c < ' ')) {
        throw new IllegalArgumentException("'" + word + "' is no requirement");
      }
    }
    List<PythonRequirement> wanted = words.stream().map(PythonRequirement::of).toList();
    if (args.has("version")) {
      if (wanted.size() != 1 || !wanted.get(0).clauses().isEmpty()) {
        throw new IllegalArgumentException("'version' goes with one 'name' that has no version");
      }
      String version = args.text("version").strip();
      String operator = version.matches("[0-9].*") ? "==" : "";
      return ImmutableList.of(PythonRequirement.of(wanted.get(0).word() + operator + version));
    }
    return ImmutableList.copyOf(wanted);
  }

  /** A list that was split at commas has its versions put together again. */
  private static List<String> joined(List<String> parts) {
    List<String> words = new ArrayList<>();
    for (String part : parts.stream().map(String::strip).toList()) {
      boolean more =
          part.matches("[<>=!~].*") || !words.isEmpty() && isOpen(words.get(words.size() - 1));
      words.add(more && !words.isEmpty() ? words.remove(words.size() - 1) + "," + part : part);
    }
    return words;
  }

  private static boolean isOpen(String word) {
    return word.lastIndexOf('[') > word.lastIndexOf(']');
  }

  @Override
  public Probe<PipSeen> probe() {
    Probe<PipSeen> list = Probe.of(pip.question(), PipSeen::of);
    return requirements.isEmpty()
        ? list
        : list.and(Probe.text(requirements.get()), PipSeen::withFile);
  }

  @Override
  public Plan plan(PipSeen seen) {
    Optional<String> obstacle = obstacle(seen);
    if (obstacle.isPresent()) {
      return Plan.lacking(obstacle.get());
    }
    Optional<ImmutableList<PythonRequirement>> all =
        requirements.isEmpty() ? Optional.of(wanted) : seen.lines();
    boolean unknown =
        guesses
            || state == State.LATEST
            || state == State.FORCEREINSTALL
            || all.isEmpty()
            || all.get().stream()
                .anyMatch(r -> !r.isPlain() && !(state == State.ABSENT && r.extras()));
    List<PythonRequirement> todo =
        all.orElse(ImmutableList.of()).stream().filter(r -> !isSatisfied(r, seen)).toList();
    if (!unknown && todo.isEmpty() && !seen.lacksEnvironment()) {
      return Plan.satisfied().with(risks(seen));
    }
    return needsRefusal(seen)
        ? Plan.impossible(PipSeen.MANAGED)
        : plan(seen, todo, unknown).with(risks(seen));
  }

  private Optional<String> obstacle(PipSeen seen) {
    if (!seen.hasPip() && !seen.lacksEnvironment()) {
      return Optional.of(pip.missing());
    } else if (seen.failure().isPresent()) {
      return seen.failure();
    }
    return seen.fileTrouble(requirements);
  }

  private boolean needsRefusal(PipSeen seen) {
    return seen.managed() && !breaksSystem && !pip.goesElsewhere();
  }

  private boolean isSatisfied(PythonRequirement wanted, PipSeen seen) {
    Optional<String> version = seen.version(wanted.name());
    return state == State.ABSENT
        ? version.filter(wanted::allows).isEmpty()
        : version.filter(wanted::allows).isPresent();
  }

  private Plan plan(PipSeen seen, List<PythonRequirement> todo, boolean unknown) {
    List<Change> changes = new ArrayList<>();
    if (seen.lacksEnvironment()) {
      changes.add(pip.creation());
    }
    List<String> words = unknown ? words() : todo.stream().map(PythonRequirement::word).toList();
    if (unknown && (state != State.ABSENT || !todo.isEmpty() || requirements.isPresent())) {
      return Plan.act(
          new Change(
              "python packages",
              before(unknown ? wanted : todo, seen),
              aim(),
              pip.guessed(changes, state, words, requirements)),
          PipCommand::acted);
    } else if (!words.isEmpty() && !(seen.lacksEnvironment() && state == State.ABSENT)) {
      changes.add(
          Change.run(
              "python packages",
              before(todo, seen),
              after(todo),
              pip.deed(state, words, Optional.empty())));
    }
    return Plan.of(changes);
  }

  private List<String> words() {
    return wanted.stream().map(PythonRequirement::word).toList();
  }

  private String before(List<PythonRequirement> list, PipSeen seen) {
    return list.isEmpty()
        ? requirements.orElse("(nothing)")
        : list.stream()
            .map(
                r ->
                    r.isPlain()
                        ? r.name() + " " + seen.version(r.name()).orElse("absent")
                        : r.word())
            .collect(Collectors.joining(", "));
  }

  private String after(List<PythonRequirement> todo) {
    return todo.stream()
        .map(r -> state == State.ABSENT ? r.name() + " absent" : r.word() + " installed")
        .collect(Collectors.joining(", "));
  }

  private String aim() {
    return switch (state) {
      case PRESENT -> "installed";
      case ABSENT -> "absent";
      case LATEST -> "newest";
      case FORCEREINSTALL -> "installed anew";
    };
  }

  private List<Remark> risks(PipSeen seen) {
    return seen.managed() && breaksSystem
        ? List.of(
            Remark.risk(
                "'break_system_packages' lets pip replace what the distribution's own programs use"))
        : List.of();
  }

  @Override
  public ImmutableMap<String, Object> result(PipSeen seen) {
    return pip.results();
  }

  @Override
  public Done done(Output output) {
    return new Done(
        ImmutableMap.of("stdout", output.out(), "stderr", output.err()), ImmutableList.of());
  }
}
