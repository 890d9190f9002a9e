package dev.belay.remote;

import com.google.common.collect.ImmutableList;
import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import java.util.Base64;
import java.util.Optional;

/**
 * Decides over one host's key, and remembers why it was refused. JSch never writes a file through
 * it.
 */
final class JschHostKeys implements HostKeyRepository {
  private static final ImmutableList<String> RSA = ImmutableList.of("rsa-sha2-512", "rsa-sha2-256");

  private final KnownHosts knownHosts;
  private final HostSettings.HostKeys policy;
  private final String name;
  private volatile Optional<String> refusal = Optional.empty();

  JschHostKeys(KnownHosts knownHosts, HostSettings.HostKeys policy, String name) {
    this.knownHosts = knownHosts;
    this.policy = policy;
    this.name = name;
  }

  /** Why the key was refused. */
  Optional<String> refusal() {
    return refusal;
  }

  /** The algorithms of the keys that are known, so that the host shows one of those. */
  Optional<String> algorithms() {
    ImmutableList.Builder<String> algorithms = ImmutableList.builder();
    for (String type : knownHosts.types(name)) {
      if (type.equals("ssh-rsa")) {
        algorithms.addAll(RSA);
      } else {
        algorithms.add(type);
      }
    }
    return Optional.of(String.join(",", algorithms.build())).filter(all -> !all.isEmpty());
  }

  @Override
  public int check(String host, byte[] bytes) {
    String key = Base64.getEncoder().encodeToString(bytes);
    String shown = KnownHosts.type(key) + " " + KnownHosts.fingerprint(key);
    return switch (knownHosts.check(name, key)) {
      case KNOWN -> OK;
      case UNKNOWN -> unknown(key, shown);
      case CHANGED ->
          refused(
              CHANGED,
              "its key CHANGED: it shows "
                  + shown
                  + ", known is "
                  + knownHosts.fingerprints(name)
                  + "; if you know why, remove the old one: ssh-keygen -R '"
                  + name
                  + "'");
      case REVOKED -> refused(CHANGED, "its key " + shown + " is revoked");
    };
  }

  private int unknown(String key, String shown) {
    if (policy == HostSettings.HostKeys.ACCEPT_NEW) {
      knownHosts.add(name, key);
      return OK;
    }
    return refused(
        NOT_INCLUDED,
        "its key is not known: "
            + shown
            + "; compare it, then take it with --accept-new-host-keys");
  }

  private int refused(int answer, String why) {
    refusal = Optional.of(why);
    return answer;
  }

  @Override
  public void add(HostKey key, UserInfo user) {}

  @Override
  public void remove(String host, String type) {}

  @Override
  public void remove(String host, String type, byte[] key) {}

  @Override
  public String getKnownHostsRepositoryID() {
    return "known_hosts";
  }

  @Override
  public HostKey[] getHostKey() {
    return new HostKey[0];
  }

  @Override
  public HostKey[] getHostKey(String host, String type) {
    return new HostKey[0];
  }
}
