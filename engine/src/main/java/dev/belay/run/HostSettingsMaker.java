package dev.belay.run;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import dev.belay.playbook.Play;
import dev.belay.remote.HostSettings;
import dev.belay.remote.HostSettings.Bastion;
import dev.belay.remote.HostSettings.HostKeys;
import dev.belay.remote.HostSettings.Kind;
import dev.belay.remote.Secret;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import java.util.List;
import java.util.Optional;

/**
 * Finds out how to get to a host: from the inventory's {@code ansible_*} variables, the play, and
 * the command line, in this order. What a host itself says, facts and results, has no part in it.
 */
final class HostSettingsMaker {
  private static final int SSH_PORT = 22;

  private final RunOptions options;
  private final Variables variables;
  private final HostScope scope;

  HostSettingsMaker(RunOptions options, Variables variables) {
    this.options = options;
    this.variables = variables;
    scope = HostScope.of(variables);
  }

  HostSettings settings(String host, Play play) {
    return new HostSettings(
        kind(play),
        host,
        text("ansible_host").or(() -> text("ansible_ssh_host")).orElse(host),
        port(play),
        user(play),
        secret("ansible_password").or(() -> secret("ansible_ssh_pass")).or(options::loginPassword),
        privateKeys(),
        bastions(),
        secret("ansible_become_password")
            .or(() -> secret("ansible_become_pass"))
            .or(options::becomePassword),
        sshArguments().knownHosts(),
        sshArguments().acceptsNewKeys() ? HostKeys.ACCEPT_NEW : options.hostKeys(),
        options.connectTimeout());
  }

  private Kind kind(Play play) {
    String word =
        text("ansible_connection")
            .or(() -> rendered(play.connection()))
            .or(options::connection)
            .orElse("ssh");
    return switch (word) {
      case "local" -> Kind.LOCAL;
      case "ssh", "smart", "paramiko" -> Kind.SSH;
      default ->
          throw new dev.belay.template.EvaluationException(
              play.at(), "connection '" + word + "' is not supported; use ssh or local");
    };
  }

  private int port(Play play) {
    return text("ansible_port")
        .or(() -> text("ansible_ssh_port"))
        .or(() -> rendered(play.port()))
        .map(Integer::parseInt)
        .or(options.control()::port)
        .orElse(SSH_PORT);
  }

  private Optional<String> user(Play play) {
    return text("ansible_user")
        .or(() -> text("ansible_ssh_user"))
        .or(() -> rendered(play.remoteUser()))
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
    return rendered(variables.forConnecting(name));
  }

  private Optional<String> rendered(Optional<Object> raw) {
    return raw.map(value -> PythonText.str(Template.resolve(value, scope)));
  }
}
