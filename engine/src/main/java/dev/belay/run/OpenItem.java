package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.shell.Output;
import java.util.Optional;

/** A task, or one item of its loop, that a host is at: looked at, and not settled yet. */
final class OpenItem {
  private final String label;
  private final HostScope scope;
  private final Optional<Look<?>> look;
  private final Optional<Way> way;
  private Optional<ImmutableList<Output>> answers = Optional.empty();
  private Optional<Outcome> outcome;
  private int attempts;

  private OpenItem(
      String label,
      HostScope scope,
      Optional<Look<?>> look,
      Optional<Way> way,
      Optional<Outcome> outcome) {
    this.label = label;
    this.scope = scope;
    this.look = look;
    this.way = way;
    this.outcome = outcome;
  }

  /** One that is to be looked at. */
  static OpenItem toLookAt(String label, HostScope scope, Look<?> look, Way way) {
    return new OpenItem(label, scope, Optional.of(look), Optional.of(way), Optional.empty());
  }

  /** One whose outcome needs no look: skipped, or failed before it began. */
  static OpenItem settled(String label, HostScope scope, Outcome outcome) {
    return new OpenItem(label, scope, Optional.empty(), Optional.empty(), Optional.of(outcome));
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

  /** How it gets to where it works; only for one that is to be looked at. */
  Way way() {
    return way.orElseThrow();
  }

  /** The host that it was delegated to, if it was. */
  Optional<String> delegate() {
    return way.flatMap(Way::delegate);
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
