package dev.belay.cli;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.inventory.Shard;
import dev.belay.playbook.RolesPath;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.remote.HostRoot;
import dev.belay.remote.HostSettings;
import dev.belay.remote.Secret;
import dev.belay.run.ControlSide;
import dev.belay.run.RunOptions;
import dev.belay.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the options of a run: of flags, else of settings, else of what is so by itself. */
record OptionsMaker(World world, Config config, RunFlags flags) {
  private static final ImmutableSet<String> METHODS = ImmutableSet.of("sudo", "su");

  RunOptions options(RunOptions.Mode mode, ControlSide.Purpose purpose) {
    refuse();
    Path folder = Path.of("").toAbsolutePath();
    Vault vault = flags.vault.vault(world, config);
    return new RunOptions(
        mode,
        Math.max(1, flags.forks.or(() -> config.number(ConfigKey.FORKS)).orElse(RunOptions.FORKS)),
        limit(),
        tags(flags.tags, ConfigKey.TAGS_RUN),
        tags(flags.skipTags, ConfigKey.TAGS_SKIP),
        extraVariables(vault),
        flags.become || config.flag(ConfigKey.BECOME, false),
        flags.becomeUser.or(() -> config.text(ConfigKey.BECOME_USER)),
        flags.connection.or(() -> config.text(ConfigKey.TRANSPORT)),
        flags.user.or(() -> config.text(ConfigKey.REMOTE_USER)),
        flags.privateKey.or(() -> config.path(ConfigKey.PRIVATE_KEY_FILE)),
        loginPassword(),
        becomePassword(),
        hostKeys(),
        Duration.ofSeconds(Math.max(1, timeoutSeconds())),
        flags.startAtTask,
        ImmutableMap.copyOf(world.environment()),
        folder,
        control(vault, purpose, folder));
  }

  private int timeoutSeconds() {
    return flags
        .timeoutSeconds
        .or(() -> config.number(ConfigKey.TIMEOUT))
        .orElse((int) RunOptions.CONNECT_TIMEOUT.toSeconds());
  }

  private ControlSide control(Vault vault, ControlSide.Purpose purpose, Path folder) {
    return new ControlSide(
        vault,
        new Terminal(world),
        purpose,
        rolesPath(folder),
        flags.becomeMethod.or(() -> config.text(ConfigKey.BECOME_METHOD)),
        sshArguments(),
        config.number(ConfigKey.REMOTE_PORT),
        config
            .text(ConfigKey.GATHERING)
            .map(word -> ControlSide.Gathering.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(ControlSide.Gathering.IMPLICIT),
        modulePath(folder),
        config.text(ConfigKey.STRATEGY).map(word -> word.replaceFirst("^mitogen_", "")),
        flags.forceHandlers || config.flag(ConfigKey.FORCE_HANDLERS, false),
        flags.told,
        config.text(ConfigKey.ANSIBLE_MANAGED).orElse(ControlSide.MANAGED),
        inventories(folder),
        shard(),
        flags.root.map(this::root));
  }

  /** Which part of the hosts is wanted. */
  Optional<Shard> shard() {
    try {
      return flags.shard.map(Shard::parse);
    } catch (IllegalArgumentException e) {
      throw new ProblemsException(Position.of("--shard"), String.valueOf(e.getMessage()), "");
    }
  }

  private HostRoot root(Path folder) {
    try {
      HostRoot root = HostRoot.at(folder);
      if (!root.hasProcesses()) {
        world.warn(
            "--root "
                + folder
                + ": its /proc is not that of this machine's kernel, so settings of the kernel cannot be seen there");
      }
      return root;
    } catch (IllegalArgumentException e) {
      throw new ProblemsException(
          Position.of("--root"),
          String.valueOf(e.getMessage()),
          "give the folder where the host's root is mounted, and the right to chroot");
    }
  }

  /** Paths are told as whole ones. */
  private ImmutableList<String> inventories(Path folder) {
    return flags.sources(config).stream()
        .map(
            source -> source.contains(",") ? source : folder.resolve(source).normalize().toString())
        .collect(ImmutableList.toImmutableList());
  }

  private ImmutableList<Path> modulePath(Path folder) {
    return flags.modulePath.stream()
        .flatMap(Splitter.on(':').omitEmptyStrings()::splitToStream)
        .map(folder::resolve)
        .collect(ImmutableList.toImmutableList());
  }

  private ImmutableList<Path> rolesPath(Path folder) {
    ImmutableList<Path> set = config.paths(ConfigKey.ROLES_PATH);
    return set.isEmpty() ? RolesPath.of(world.environment(), folder) : set;
  }

  private String sshArguments() {
    return Stream.of(
            config.text(ConfigKey.SSH_ARGS),
            flags.sshCommonArgs.or(() -> config.text(ConfigKey.SSH_COMMON_ARGS)),
            flags.sshExtraArgs.or(() -> config.text(ConfigKey.SSH_EXTRA_ARGS)))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" "));
  }

  /** Flags of Ansible's that are no use here, or not yet. */
  private void refuse() {
    Problems problems = new Problems();
    if (flags.copyArgs.isPresent()) {
      problems.add(
          Position.of("--sftp-extra-args"),
          "files go through the one connection that a host has; there is no sftp or scp to give options to",
          "use --ssh-common-args for what concerns the connection");
    }
    flags
        .becomeMethod
        .filter(method -> !METHODS.contains(method))
        .ifPresent(
            method ->
                problems.add(
                    Position.of("--become-method"),
                    "'" + method + "' is not supported",
                    "use sudo or su"));
    problems.throwIfAny();
  }

  /** A limit may be a file of patterns, one a line. */
  private Optional<String> limit() {
    return flags.limit.map(
        given ->
            Splitter.on(',')
                .splitToStream(given)
                .map(this::limit)
                .collect(Collectors.joining(",")));
  }

  private String limit(String word) {
    if (!word.startsWith("@")) {
      return word;
    }
    Path file = Path.of(world.home(word.substring(1)));
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .collect(Collectors.joining(","));
    } catch (IOException e) {
      throw new ProblemsException(
          Position.of("--limit " + word),
          Files.isDirectory(file)
              ? "this is a folder, and must be a file of hosts"
              : "this file of hosts cannot be read",
          "");
    }
  }

  private ImmutableSet<String> tags(List<String> lists, ConfigKey key) {
    return lists.isEmpty()
        ? ImmutableSet.copyOf(config.words(key))
        : lists.stream()
            .flatMap(list -> Splitter.on(',').trimResults().omitEmptyStrings().splitToStream(list))
            .collect(toImmutableSet());
  }

  private ImmutableMap<String, Object> extraVariables(Vault vault) {
    Problems problems = new Problems();
    ImmutableMap<String, Object> all =
        new ExtraVariables(world, vault, problems).read(flags.extraVars);
    problems.throwIfAny();
    return all;
  }

  private HostSettings.HostKeys hostKeys() {
    boolean accepts = flags.acceptNewHostKeys || !config.flag(ConfigKey.HOST_KEY_CHECKING, true);
    return accepts ? HostSettings.HostKeys.ACCEPT_NEW : HostSettings.HostKeys.REFUSE_UNKNOWN;
  }

  private Optional<Secret> loginPassword() {
    return password(
        flags.connectionPasswordFile.or(() -> config.path(ConfigKey.CONNECTION_PASSWORD_FILE)),
        flags.askPassword || config.flag(ConfigKey.ASK_PASS, false)
            ? Optional.of("SSH password: ")
            : Optional.empty());
  }

  private Optional<Secret> becomePassword() {
    return password(
        flags.becomePasswordFile.or(() -> config.path(ConfigKey.BECOME_PASSWORD_FILE)),
        flags.askBecomePassword || config.flag(ConfigKey.BECOME_ASK_PASS, false)
            ? Optional.of("BECOME password: ")
            : Optional.empty());
  }

  /** Of a file, or as somebody types it who is asked. */
  private Optional<Secret> password(Optional<Path> file, Optional<String> prompt) {
    Optional<String> password =
        prompt.isPresent() ? prompt.map(this::ask) : file.map(OptionsMaker::firstLine);
    password.ifPresent(world.secrets()::keep);
    return password.map(Secret::new);
  }

  private static String firstLine(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().orElse("");
    } catch (IOException e) {
      throw new ProblemsException(
          Position.of(file.toString()), "this password file cannot be read", "");
    }
  }

  private String ask(String prompt) {
    return new Terminal(world)
        .password(prompt)
        .orElseThrow(
            () ->
                new ProblemsException(
                    Position.of(prompt.strip()),
                    "nobody can be asked for a password here",
                    "use a password file"));
  }
}
