package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.remote.Become;
import dev.belay.shell.Output;
import java.util.Optional;

/** A task, or one item of its loop, that a host is at: looked at, and not settled yet. */
final class OpenItem {
  private final String label;
  private final HostScope scope;
  private final Optional<Look<?>> look;
  private final Become become;
  private final ImmutableMap<String, String> environment;
  private Optional<ImmutableList<Output>> answers = Optional.empty();
  private Optional<Outcome> outcome;
  private int attempts;

  private OpenItem(
      String label,
      HostScope scope,
      Optional<Look<?>> look,
      Become become,
      ImmutableMap<String, String> environment,
      Optional<Outcome> outcome) {
    this.label = label;
    this.scope = scope;
    this.look = look;
    this.become = become;
    this.environment = environment;
    this.outcome = outcome;
  }

  /** One that is to be looked at. */
  static OpenItem toLookAt(
      String label,
      HostScope scope,
      Look<?> look,
      Become become,
      ImmutableMap<String, String> environment) {
    return new OpenItem(label, scope, Optional.of(look), become, environment, Optional.empty());
  }

  /** One whose outcome needs no look: skipped, or failed before it began. */
  static OpenItem settled(String label, HostScope scope, Outcome outcome) {
    return new OpenItem(
        label, scope, Optional.empty(), Become.nobody(), ImmutableMap.of(), Optional.of(outcome));
  }

  String label() {
    return label;
  }

  HostScope scope() {
    return scope;
  }

  Look<?> look() {
    return look.orElseThrow();
  }

  Become become() {
    return become;
  }

  ImmutableMap<String, String> environment() {
    return environment;
  }

  /** Whether the host has still to be asked. */
  boolean wantsAnswers() {
    return outcome.isEmpty() && answers.isEmpty();
  }

  Optional<ImmutableList<Output>> answers() {
    return answers;
  }

  void answered(ImmutableList<Output> fresh) {
    answers = Optional.of(fresh);
  }

  /** Something on the host changed: what it said before is no longer true for sure. */
  void forgetAnswers() {
    answers = Optional.empty();
  }

  /** Counts one more try and says how many that makes. */
  int tryAgain() {
    return ++attempts;
  }

  Optional<Outcome> outcome() {
    return outcome;
  }

  void settle(Outcome end) {
    outcome = Optional.of(end);
  }
}
