package dev.belay.remote;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What of the control side decides how hosts are connected to.
 *
 * @param user who one is here
 * @param home where {@code .ssh} is
 * @param agentSocket the SSH agent's
 * @param knownHosts the first is the one that new keys are written to
 */
public record SshEnvironment(
    String user, Path home, Optional<Path> agentSocket, ImmutableList<Path> knownHosts) {}
