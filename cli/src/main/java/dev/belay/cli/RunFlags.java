package dev.belay.cli;

import dev.belay.run.ControlSide;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that runs share, under Ansible's names. */
final class RunFlags {
  @Option(
      names = {"-i", "--inventory", "--inventory-file"},
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
      names = "--shard",
      paramLabel = "I/N",
      description =
          "Only the hosts of part I of N, from 1/N to N/N: each process of several takes one.")
  Optional<String> shard = Optional.empty();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description =
          "Where local connections find the host's files: they work as if logged in under this root.")
  Optional<Path> root = Optional.empty();

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
      description = "Hosts that are worked on at once (default: 50).")
  Optional<Integer> forks = Optional.empty();

  @Option(
      names = {"-b", "--become"},
      description = "Become another user by default.")
  boolean become;

  @Option(names = "--become-user", description = "Whom to become (default: root).")
  Optional<String> becomeUser = Optional.empty();

  @Option(names = "--become-method", description = "How to become another user: sudo or su.")
  Optional<String> becomeMethod = Optional.empty();

  @Option(
      names = {"-K", "--ask-become-pass", "--ask-become-password"},
      description = "Ask for the password that becoming needs.")
  boolean askBecomePassword;

  @Option(
      names = {"--become-password-file", "--become-pass-file"},
      paramLabel = "FILE",
      description = "A file whose first line is that password.")
  Optional<Path> becomePasswordFile = Optional.empty();

  @Option(
      names = {"-k", "--ask-pass", "--ask-connection-password"},
      description = "Ask for the password to log in with.")
  boolean askPassword;

  @Option(
      names = {"--connection-password-file", "--conn-pass-file"},
      paramLabel = "FILE",
      description = "A file whose first line is that password.")
  Optional<Path> connectionPasswordFile = Optional.empty();

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
      description = "For all of connecting (default: 15).")
  Optional<Integer> timeoutSeconds = Optional.empty();

  @Option(
      names = "--ssh-common-args",
      parameterConsumer = AsItStands.class,
      paramLabel = "ARGS",
      description = "Options of ssh, as far as they have a meaning here: ProxyJump and the like.")
  Optional<String> sshCommonArgs = Optional.empty();

  @Option(
      names = "--ssh-extra-args",
      parameterConsumer = AsItStands.class,
      paramLabel = "ARGS",
      description = "More of them.")
  Optional<String> sshExtraArgs = Optional.empty();

  @Option(
      names = {"--sftp-extra-args", "--scp-extra-args"},
      parameterConsumer = AsItStands.class,
      paramLabel = "ARGS",
      description = "Refused: files go through the same connection, without sftp or scp.")
  Optional<String> copyArgs = Optional.empty();

  @Option(
      names = {"-M", "--module-path"},
      paramLabel = "PATH",
      description = "Refused so far.")
  Optional<String> modulePath = Optional.empty();

  @Option(
      names = "--flush-cache",
      description = "Accepted: facts are never kept from one run to the next.")
  boolean flushCache;

  @Option(names = "--force-handlers", description = "Refused so far.")
  boolean forceHandlers;

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

  /** How much is shown: flags of reports say it. */
  ControlSide.Told told = ControlSide.Told.LITTLE;

  @Mixin VaultFlags vault = new VaultFlags();

  /** Where hosts are: as the flags say, else as the settings do. */
  List<String> sources(Config config) {
    List<String> set = inventories.isEmpty() ? config.sources(ConfigKey.INVENTORY) : inventories;
    return set.isEmpty() ? List.of("localhost,") : set;
  }
}
