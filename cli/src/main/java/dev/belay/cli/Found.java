package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.run.Recap;

/** What an audit found, whoever put it together. */
interface Found {

  ImmutableList<String> warnings();

  /** The worst first, then in the order of the run. */
  ImmutableList<Audit.Group> groups();

  /** How many findings of each kind every host has, the worst first. */
  ImmutableMap<String, ImmutableMap<FindingKind, Integer>> counts();

  /** How the audit ends, given how the run did. */
  default ExitCode exit(Recap recap) {
    ExitCode code = ExitCode.of(recap);
    boolean differs =
        groups().stream().anyMatch(group -> group.finding().kind().exit() == ExitCode.DRIFT);
    return code == ExitCode.FINE && differs ? ExitCode.DRIFT : code;
  }
}
