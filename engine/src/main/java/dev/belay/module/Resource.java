package dev.belay.module;

import com.google.common.collect.ImmutableMap;
import dev.belay.shell.Output;

/**
 * One thing on one host, and the state that it should have.
 *
 * <p>A resource is a value. It never holds a connection and never does anything: it says what to
 * ask, and what the answers mean. The engine asks, and the engine acts, unless this is a check. So
 * a check cannot change a host, and what it shows is what a run would carry out.
 *
 * @param <S> what was seen
 */
public interface Resource<S> {

  /** The question, asked before, and asked again after a change. */
  Probe<S> probe();

  /** What is to be done, given what was seen. Pure: the same of the same. */
  Plan plan(S seen);

  /**
   * What {@code register} gets besides {@code changed}, {@code failed} and their like; keys are
   * Ansible's.
   */
  default ImmutableMap<String, Object> result(S seen) {
    return ImmutableMap.of();
  }

  /**
   * What the steps of a {@link Plan.Mend} are worth telling once they were done and the host
   * agreed, given the output of all of them.
   */
  default Done done(Output output) {
    return Done.quietly();
  }

  /**
   * The same once a plan was carried out, for results that depend on what there was to do.
   *
   * @param before what led to the plan
   * @param seen what was there afterwards
   */
  default ImmutableMap<String, Object> resultOfChange(S before, S seen) {
    return result(seen);
  }
}
