package dev.belay.run;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.playbook.CollectionsPath;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.Sources;
import dev.belay.remote.HostSettings.HostKeys;
import dev.belay.remote.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the command line decides for a whole run.
 *
 * @param mode whether to act
 * @param forks how many hosts are connected to, or act, at once
 * @param limit a host pattern that narrows every play's hosts
 * @param tags run only tasks with one of these; empty for all
 * @param skipTags leave out tasks with one of these
 * @param extraVariables {@code -e}: they win over all others
 * @param become become by default, as {@code -b} has it
 * @param becomeUser {@code --become-user}
 * @param connection {@code -c}
 * @param user {@code -u}
 * @param privateKey {@code --private-key}
 * @param loginPassword {@code -k}
 * @param becomePassword {@code -K}
 * @param connectTimeout {@code -T}, for all of connecting
 * @param startAtTask leave out all tasks before the one of this name
 * @param environment of the control side, for {@code lookup('env', …)}
 * @param folder where the control side's relative paths start when they are in no playbook: {@code
 *     $PWD}
 * @param control what there is around the run
 */
public record RunOptions(
    Mode mode,
    int forks,
    Optional<String> limit,
    ImmutableSet<String> tags,
    ImmutableSet<String> skipTags,
    ImmutableMap<String, Object> extraVariables,
    boolean become,
    Optional<String> becomeUser,
    Optional<String> connection,
    Optional<String> user,
    Optional<Path> privateKey,
    Optional<Secret> loginPassword,
    Optional<Secret> becomePassword,
    HostKeys hostKeys,
    Duration connectTimeout,
    Optional<String> startAtTask,
    ImmutableMap<String, String> environment,
    Path folder,
    ControlSide control) {

  /** Whether a run acts on hosts. */
  public enum Mode {
    APPLY,
    CHECK
  }

  /** Ansible's limit is 10 s and counts less. */
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

  public static final int FORKS = 50;

  /** Applies, as the inventory says, without asking for anything. */
  public static RunOptions defaults(Path folder) {
    return new RunOptions(
        Mode.APPLY,
        FORKS,
        Optional.empty(),
        ImmutableSet.of(),
        ImmutableSet.of(),
        ImmutableMap.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        HostKeys.REFUSE_UNKNOWN,
        CONNECT_TIMEOUT,
        Optional.empty(),
        ImmutableMap.of(),
        folder,
        ControlSide.bare());
  }

  /** The same for tasks with one of these tags. */
  public RunOptions tagged(ImmutableSet<String> only) {
    return new RunOptions(
        mode,
        forks,
        limit,
        only,
        skipTags,
        extraVariables,
        become,
        becomeUser,
        connection,
        user,
        privateKey,
        loginPassword,
        becomePassword,
        hostKeys,
        connectTimeout,
        startAtTask,
        environment,
        folder,
        control);
  }

  /** The same in another mode and with other extra variables. */
  public RunOptions with(Mode other, ImmutableMap<String, Object> variables) {
    return new RunOptions(
        other,
        forks,
        limit,
        tags,
        skipTags,
        variables,
        become,
        becomeUser,
        connection,
        user,
        privateKey,
        loginPassword,
        becomePassword,
        hostKeys,
        connectTimeout,
        startAtTask,
        environment,
        folder,
        control);
  }

  /** The same with other things around it. */
  public RunOptions with(ControlSide other) {
    return new RunOptions(
        mode,
        forks,
        limit,
        tags,
        skipTags,
        extraVariables,
        become,
        becomeUser,
        connection,
        user,
        privateKey,
        loginPassword,
        becomePassword,
        hostKeys,
        connectTimeout,
        startAtTask,
        environment,
        folder,
        other);
  }

  /** What the reading of playbooks goes by. */
  public Sources sources(ModuleCatalog modules) {
    return new Sources(
        modules,
        control.rolesPath(),
        CollectionsPath.of(environment, folder),
        control.vault(),
        extraVariables);
  }
}
