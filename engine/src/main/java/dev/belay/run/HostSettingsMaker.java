package dev.belay.run;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import dev.belay.playbook.Keyword;
import dev.belay.playbook.Keywords;
import dev.belay.problem.Position;
import dev.belay.remote.HostSettings;
import dev.belay.remote.HostSettings.Bastion;
import dev.belay.remote.HostSettings.HostKeys;
import dev.belay.remote.HostSettings.Kind;
import dev.belay.remote.Secret;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out how to get to a host: from the inventory's {@code ansible_*} variables, the play, and
 * the command line, in this order. What a host itself says, facts and results, has no part in it.
 */
final class HostSettingsMaker {
  private static final int SSH_PORT = 22;

  private static final ImmutableSet<String> NAMES =
      ImmutableSet.of(
          "ansible_connection",
          "ansible_host",
          "ansible_password",
          "ansible_port",
          "ansible_private_key_file",
          "ansible_ssh_common_args",
          "ansible_ssh_extra_args",
          "ansible_ssh_host",
          "ansible_ssh_pass",
          "ansible_ssh_port",
          "ansible_ssh_private_key_file",
          "ansible_ssh_user",
          "ansible_user");

  private final RunOptions options;
  private final Variables variables;
  private final HostScope task;
  private final HostScope host;

  /** For all tasks of a play. */
  HostSettingsMaker(RunOptions options, Variables variables) {
    this(options, variables, HostScope.of(variables));
  }

  /** For a task that sees {@code scope}: what it defines itself counts too. */
  HostSettingsMaker(RunOptions options, Variables variables, HostScope scope) {
    this.options = options;
    this.variables = variables;
    task = scope;
    host = HostScope.of(variables, scope);
  }

  /** Whether a variable may say how to get to a host, or what to become there. */
  static boolean isOfConnecting(String name) {
    return NAMES.contains(name) || name.startsWith("ansible_become");
  }

  /** Whether one of the variables may say how to get to a host. */
  static boolean readsAnyOf(Map<String, ?> variables) {
    return NAMES.stream().anyMatch(variables::containsKey);
  }

  HostSettings settings(String host, Keywords said) {
    return new HostSettings(
        kind(said),
        host,
        text("ansible_host").or(() -> text("ansible_ssh_host")).orElse(host),
        port(said),
        user(said),
        secret("ansible_password").or(() -> secret("ansible_ssh_pass")).or(options::loginPassword),
        privateKeys(),
        bastions(),
        secret("ansible_become_password")
            .or(() -> secret("ansible_become_pass"))
            .or(options::becomePassword),
        sshArguments().knownHosts(),
        sshArguments().acceptsNewKeys() ? HostKeys.ACCEPT_NEW : options.hostKeys(),
        folder(said),
        options.connectTimeout());
  }

  private Kind kind(Keywords said) {
    String word =
        text("ansible_connection")
            .or(() -> rendered(said.said(Keyword.CONNECTION), task))
            .or(options::connection)
            .orElse("ssh");
    if (options.control().root().isPresent() && !word.equals("local")) {
      throw new dev.belay.template.EvaluationException(
          Position.of("--root"),
          "it is for local connections only, and this one is '" + word + "'; use '-c local'");
    }
    return switch (word) {
      case "local" -> Kind.LOCAL;
      case "ssh", "smart", "paramiko" -> Kind.SSH;
      default ->
          throw new dev.belay.template.EvaluationException(
              Position.of("connection"),
              "connection '" + word + "' is not supported; use ssh or local");
    };
  }

  /** As in Ansible a local shell starts beside the playbook. */
  private Optional<String> folder(Keywords said) {
    return kind(said) == Kind.LOCAL
        ? host.find("playbook_dir").map(PythonText::str)
        : Optional.empty();
  }

  private int port(Keywords said) {
    return text("ansible_port")
        .or(() -> text("ansible_ssh_port"))
        .or(() -> rendered(said.said(Keyword.PORT), task))
        .map(Integer::parseInt)
        .or(options.control()::port)
        .orElse(SSH_PORT);
  }

  private Optional<String> user(Keywords said) {
    return text("ansible_user")
        .or(() -> text("ansible_ssh_user"))
        .or(() -> rendered(said.said(Keyword.REMOTE_USER), task))
        .or(options::user);
  }

  private ImmutableList<String> privateKeys() {
    Optional<String> key =
        text("ansible_ssh_private_key_file")
            .or(() -> text("ansible_private_key_file"))
            .or(() -> options.privateKey().map(Object::toString));
    return key.map(ImmutableList::of).orElse(ImmutableList.of());
  }

  private SshArguments sshArguments() {
    return SshArguments.read(
        text("ansible_ssh_common_args").orElse(options.control().sshArguments())
            + " "
            + text("ansible_ssh_extra_args").orElse(""));
  }

  private ImmutableList<Bastion> bastions() {
    return sshArguments().jumps().stream()
        .map(HostSettingsMaker::bastion)
        .collect(ImmutableList.toImmutableList());
  }

  private static Bastion bastion(String word) {
    int at = word.lastIndexOf('@');
    List<String> address = Splitter.on(':').splitToList(word.substring(at + 1));
    int port = address.size() > 1 ? Integer.parseInt(Iterables.getLast(address)) : SSH_PORT;
    return new Bastion(
        at < 0 ? Optional.empty() : Optional.of(word.substring(0, at)), address.get(0), port);
  }

  private Optional<Secret> secret(String name) {
    Optional<String> password = text(name);
    password.ifPresent(options.control().vault().secrets()::keep);
    return password.map(Secret::new);
  }

  private Optional<String> text(String name) {
    return rendered(variables.forConnecting(name, task.task()), host);
  }

  private static Optional<String> rendered(Optional<Object> raw, HostScope scope) {
    return raw.map(value -> PythonText.str(Template.resolve(value, scope)));
  }
}
