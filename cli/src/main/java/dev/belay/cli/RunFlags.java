package dev.belay.cli;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import dev.belay.remote.HostSettings;
import dev.belay.remote.Secret;
import dev.belay.run.RunOptions;
import dev.belay.template.Template;
import dev.belay.yaml.Node;
import dev.belay.yaml.NodeValues;
import dev.belay.yaml.Yaml;
import java.io.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags that runs share, under Ansible's names. */
final class RunFlags {
  @Option(
      names = {"-i", "--inventory"},
      paramLabel = "PATH|HOSTS",
      description =
          "Inventory: a file, a folder, or hosts with commas. May be given several times.")
  List<String> inventories = new ArrayList<>();

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "PATTERN",
      description = "Only these hosts.")
  Optional<String> limit = Optional.empty();

  @Option(
      names = {"-t", "--tags"},
      description = "Only tasks with one of these tags.")
  List<String> tags = new ArrayList<>();

  @Option(names = "--skip-tags", description = "No tasks with one of these tags.")
  List<String> skipTags = new ArrayList<>();

  @Option(
      names = {"-e", "--extra-vars"},
      paramLabel = "VARS",
      description = "Variables that win over all others: key=value, YAML or JSON, or @FILE.")
  List<String> extraVars = new ArrayList<>();

  @Option(
      names = {"-f", "--forks"},
      description = "Hosts that are worked on at once (default: ${DEFAULT-VALUE}).",
      defaultValue = "50")
  int forks;

  @Option(
      names = {"-b", "--become"},
      description = "Become another user by default.")
  boolean become;

  @Option(names = "--become-user", description = "Whom to become (default: root).")
  Optional<String> becomeUser = Optional.empty();

  @Option(
      names = {"-K", "--ask-become-pass"},
      description = "Ask for the password that becoming needs.")
  boolean askBecomePassword;

  @Option(
      names = "--become-password-file",
      paramLabel = "FILE",
      description = "A file whose first line is that password.")
  Optional<Path> becomePasswordFile = Optional.empty();

  @Option(
      names = {"-k", "--ask-pass"},
      description = "Ask for the password to log in with.")
  boolean askPassword;

  @Option(
      names = {"-u", "--user"},
      description = "Whom to log in as.")
  Optional<String> user = Optional.empty();

  @Option(
      names = {"-c", "--connection"},
      description = "ssh or local, where neither inventory nor play says.")
  Optional<String> connection = Optional.empty();

  @Option(
      names = {"--private-key", "--key-file"},
      paramLabel = "FILE",
      description = "The key to log in with.")
  Optional<Path> privateKey = Optional.empty();

  @Option(
      names = {"-T", "--timeout"},
      paramLabel = "SECONDS",
      description = "For all of connecting (default: ${DEFAULT-VALUE}).",
      defaultValue = "15")
  int timeoutSeconds;

  @Option(
      names = "--accept-new-host-keys",
      description =
          "Take and keep the keys of hosts that are not known yet. Changed keys are refused all the same.")
  boolean acceptNewHostKeys;

  @Option(
      names = "--start-at-task",
      paramLabel = "NAME",
      description = "Leave out all tasks before the one of this name.")
  Optional<String> startAtTask = Optional.empty();

  RunOptions options(RunOptions.Mode mode, Map<String, String> environment) {
    return new RunOptions(
        mode,
        Math.max(1, forks),
        limit,
        words(tags),
        words(skipTags),
        extraVariables(),
        become,
        becomeUser,
        connection,
        user,
        privateKey,
        askPassword ? Optional.of(ask("SSH password: ")) : Optional.empty(),
        becomePassword(),
        acceptNewHostKeys ? HostSettings.HostKeys.ACCEPT_NEW : HostSettings.HostKeys.REFUSE_UNKNOWN,
        Duration.ofSeconds(Math.max(1, timeoutSeconds)),
        startAtTask,
        ImmutableMap.copyOf(environment),
        Path.of("").toAbsolutePath());
  }

  private static ImmutableSet<String> words(List<String> lists) {
    return lists.stream()
        .flatMap(list -> Splitter.on(',').trimResults().omitEmptyStrings().splitToStream(list))
        .collect(ImmutableSet.toImmutableSet());
  }

  private Optional<Secret> becomePassword() {
    if (becomePasswordFile.isPresent()) {
      return becomePasswordFile.map(RunFlags::firstLine);
    }
    return askBecomePassword ? Optional.of(ask("BECOME password: ")) : Optional.empty();
  }

  private static Secret firstLine(Path file) {
    try (java.util.stream.Stream<String> lines = java.nio.file.Files.lines(file)) {
      return new Secret(lines.findFirst().orElse(""));
    } catch (java.io.IOException e) {
      throw new ProblemsException(
          Position.of(file.toString()), "this password file cannot be read", "");
    }
  }

  /** Without echo. */
  private static Secret ask(String prompt) {
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("%s", prompt);
    if (typed == null) {
      throw new ProblemsException(
          Position.of(prompt.strip()),
          "a password can only be asked for on a terminal",
          "use --become-password-file");
    }
    return new Secret(new String(typed));
  }

  private ImmutableMap<String, Object> extraVariables() {
    Map<String, Object> all = new LinkedHashMap<>();
    Problems problems = new Problems();
    extraVars.forEach(given -> all.putAll(variables(given, problems)));
    problems.throwIfAny();
    return ImmutableMap.copyOf(all);
  }

  private static Map<String, Object> variables(String given, Problems problems) {
    if (given.startsWith("@")) {
      return map(Yaml.read(Path.of(given.substring(1)), problems), problems);
    } else if (given.stripLeading().startsWith("{")) {
      return map(Yaml.read("-e", given, problems), problems);
    }
    Map<String, Object> pairs = new LinkedHashMap<>();
    for (String word :
        Splitter.onPattern("\\s+(?=[A-Za-z_][A-Za-z0-9_]*=)").omitEmptyStrings().split(given)) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        problems.add(
            Position.of("-e " + given), "a variable is written name=value, as YAML, or as @FILE");
      } else {
        pairs.put(
            word.substring(0, equals),
            Template.of(word.substring(equals + 1), SourceMap.fixed(Position.of("-e " + given))));
      }
    }
    return pairs;
  }

  private static Map<String, Object> map(Optional<Node> node, Problems problems) {
    Map<String, Object> variables = new LinkedHashMap<>();
    if (node.isPresent() && node.get() instanceof Node.Mapping mapping) {
      mapping
          .entries()
          .forEach(entry -> variables.put(entry.name(), NodeValues.of(entry.value(), problems)));
    } else {
      node.ifPresent(
          other -> problems.add(other.at(), "variables are a mapping of names to values"));
    }
    return variables;
  }
}
