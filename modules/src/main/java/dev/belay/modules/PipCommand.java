package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.Step;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which pip is called on a host, and how.
 *
 * @param program a name or a path
 * @param environment the folder of a virtual environment
 * @param maker the words of the command that makes it; empty for whichever the host has
 */
record PipCommand(
    String program,
    Optional<String> environment,
    ImmutableList<String> maker,
    ImmutableList<String> makerOptions,
    ImmutableList<String> extra,
    boolean editable,
    boolean breaksSystem,
    Optional<String> folder,
    Optional<String> umask,
    ImmutableMap<String, Object> results) {
  private static final String SAME = "belay: the same packages as before";

  private static final String FOLDERS =
      """
      set -- {}/lib*/python*/site-packages/*.egg-link
      if [ -e "$1" ] || ! grep -qsi '^include-system-site-packages *= *false' {}/pyvenv.cfg; then {}; else
        for d in {}/lib*/python*/site-packages/*.dist-info {}/lib*/python*/site-packages/*.egg-info; do
          [ -e "$d" ] || continue
          d=${d##*/}; d=${d%.dist-info}; d=${d%.egg-info}; d=${d%-py[0-9]*}
          case $d in '~'*) ;; *-*) echo "${d%-*}==${d##*-}" ;; esac
        done
      fi""";

  static PipCommand of(Args args) {
    Optional<String> environment =
        args.textIfGiven("virtualenv").map(path -> Paths.onHost(within(args, path)));
    String program =
        environment.map(e -> e + "/bin/pip").orElse(args.textIfGiven("executable").orElse("pip3"));
    if (!program.matches("[A-Za-z0-9_./+@ -]+") || program.startsWith("-")) {
      throw new IllegalArgumentException("'" + program + "' is no program");
    }
    args.textIfGiven("umask")
        .filter(u -> !u.matches("[0-7]{3,4}"))
        .ifPresent(
            u -> {
              throw new IllegalArgumentException("'umask' must be octal digits, as '0022'");
            });
    String maker = args.text("virtualenv_command");
    return new PipCommand(
        program,
        environment,
        maker.equals("virtualenv") ? ImmutableList.of() : ShellWords.split(maker),
        makerOptions(args, maker),
        args.textIfGiven("extra_args").map(ShellWords::split).orElse(ImmutableList.of()),
        args.flag("editable"),
        args.flag("break_system_packages"),
        args.textIfGiven("chdir").map(Paths::onHost),
        args.textIfGiven("umask"),
        results(args, environment));
  }

  /** A path that may be relative to the folder in which pip is called. */
  static String within(Args args, String path) {
    return path.startsWith("/") || !args.has("chdir")
        ? Paths.onHost(path)
        : Paths.onHost(args.text("chdir")) + "/" + path;
  }

  private static ImmutableList<String> makerOptions(Args args, String maker) {
    boolean venv = maker.contains("-m venv") || maker.contains("pyvenv");
    if (venv && args.has("virtualenv_python")) {
      throw new IllegalArgumentException("'virtualenv_python' does not go with venv");
    }
    ImmutableList.Builder<String> options = ImmutableList.builder();
    if (args.flag("virtualenv_site_packages")) {
      options.add("--system-site-packages");
    }
    args.textIfGiven("virtualenv_python").ifPresent(python -> options.add("-p" + python));
    return options.build();
  }

  private static ImmutableMap<String, Object> results(Args args, Optional<String> environment) {
    ImmutableMap.Builder<String, Object> results = ImmutableMap.builder();
    if (args.has("name")) {
      results.put("name", args.texts("name"));
    }
    args.textIfGiven("version").ifPresent(version -> results.put("version", version));
    args.textIfGiven("requirements").ifPresent(file -> results.put("requirements", file));
    environment.ifPresent(path -> results.put("virtualenv", path));
    return results.put("state", args.text("state")).buildOrThrow();
  }

  String missing() {
    return environment.isPresent()
        ? "there is no pip in " + environment.get()
        : "there is no " + program + " on this host; install python3-pip";
  }

  /** Whether what is installed leaves the Python itself alone. */
  boolean goesElsewhere() {
    return environment.isPresent()
        || extra.stream()
            .anyMatch(w -> w.matches("(--break-system-packages|-t|--(target|prefix|root)(=.*)?)"));
  }

  /** The list of packages; writes no compiled files. */
  Sh question() {
    Sh there =
        environment.isPresent()
            ? Sh.of(
                "[ -e {} ] || exit 4; [ -x {} ] || exit 3",
                environment.get() + "/bin/activate",
                program)
            : Sh.of("command -v {} >/dev/null || exit 3", program);
    Sh managed =
        environment.isPresent()
            ? Sh.of(":")
            : Sh.of(
                "case $(readlink -f -- \"$(command -v {})\") in /usr/bin/*) if [ -z \"$PIP_BREAK_SYSTEM_PACKAGES\" ]; then for f in /usr/lib/python3*/EXTERNALLY-MANAGED /usr/lib64/python3*/EXTERNALLY-MANAGED; do [ ! -e \"$f\" ] || { echo 'X|'; break; }; done; fi ;; esac",
                program);
    return Sh.of("{}\n{}\n{}", there, managed, list());
  }

  /**
   * In an environment of its own the names of folders tell all, without a Python being started;
   * where it sees other packages too, or has links to sources, pip is asked.
   */
  private Sh list() {
    Sh asked =
        Sh.of(
            "PYTHONDONTWRITEBYTECODE=1 {} --disable-pip-version-check --no-color list --format=freeze",
            program);
    return environment.map(path -> Sh.of(FOLDERS, path, path, asked, path, path)).orElse(asked);
  }

  /** A change that makes the environment. */
  Change creation() {
    String path = environment.orElseThrow();
    Sh make =
        maker.isEmpty()
            ? Sh.of(
                "if command -v virtualenv >/dev/null; then virtualenv {} {}; else python3 -m venv {} {}; fi",
                makerOptions,
                path,
                makerOptions.stream().filter(o -> !o.startsWith("-p")).toList(),
                path)
            : Sh.of("{} {} {}", maker, makerOptions, path);
    return Change.run("virtual environment", Change.ABSENT, path, Sh.of("{}{}", around(), make));
  }

  private Sh around() {
    Sh mask = umask.isPresent() ? Sh.of("umask {}; ", umask.get()) : Sh.of("");
    return Sh.of("{}cd -- {} || exit 1; ", mask, folder.orElse("/tmp"));
  }

  /** One call of pip. */
  Sh deed(Pip.State state, List<String> words, Optional<String> file) {
    Sh path =
        environment.isPresent()
            ? Sh.of("PATH={}:$PATH; export PATH; ", environment.get() + "/bin")
            : Sh.of("");
    List<String> operands = new ArrayList<>(file.map(f -> List.of("-r", f)).orElse(List.of()));
    words.forEach(
        word -> {
          if (editable && state != Pip.State.ABSENT) {
            operands.add("-e");
          }
          operands.add(word);
        });
    return Sh.of(
        "{}{}{} --disable-pip-version-check --no-input {} {} {} {}",
        around(),
        path,
        program,
        verb(state),
        breaksSystem ? List.of("--break-system-packages") : List.of(),
        extra,
        operands);
  }

  private static List<String> verb(Pip.State state) {
    return switch (state) {
      case PRESENT -> List.of("install");
      case ABSENT -> List.of("uninstall", "-y");
      case LATEST -> List.of("install", "-U");
      case FORCEREINSTALL -> List.of("install", "-U", "--force-reinstall");
    };
  }

  /** A deed that tells by pip's own list whether it changed something. */
  ImmutableList<Step> guessed(
      List<Change> first, Pip.State state, List<String> words, Optional<String> file) {
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    first.forEach(change -> steps.addAll(change.steps()));
    Sh same =
        state == Pip.State.FORCEREINSTALL || !first.isEmpty()
            ? Sh.of(":")
            : Sh.of("{ [ \"$belay_was\" != \"$({})\" ] || echo {}; }", list(), SAME);
    steps.add(
        new Step.Run(Sh.of("belay_was=$({}); {} && {}", list(), deed(state, words, file), same)));
    return steps.build();
  }

  static Acted acted(Output output) {
    return new Acted(
        ImmutableMap.of(
            "stdout",
            output.out().replaceFirst("(?m)^" + SAME + "\n", ""),
            "stderr",
            output.err(),
            "rc",
            (long) output.status()),
        output.succeeded() ? Optional.empty() : Optional.of(output.err().strip()),
        output.lines().contains(SAME) ? Acted.Effect.UNCHANGED : Acted.Effect.CHANGED,
        ImmutableList.of());
  }
}
