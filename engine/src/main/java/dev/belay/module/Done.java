package dev.belay.module;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * What the steps of a change said, beyond what the probe sees afterwards.
 *
 * @param values results for {@code register}; they win over those of the probe
 * @param remarks what the user should know: a warning that the host's own program gave
 */
public record Done(ImmutableMap<String, Object> values, ImmutableList<Remark> remarks) {

  /** Nothing worth telling. */
  public static Done quietly() {
    return new Done(ImmutableMap.of(), ImmutableList.of());
  }
}
