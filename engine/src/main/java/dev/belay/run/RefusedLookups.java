package dev.belay.run;

import com.google.common.collect.ImmutableMap;

/** Lookups of Ansible's that are not here, each with the reason and what to do. */
public final class RefusedLookups {
  /** By names. */
  public static final ImmutableMap<String, String> ALL =
      ImmutableMap.of(
          "config",
          "settings of Ansible mean nothing here; write the value as a variable",
          "url",
          "a run asks nobody but its hosts; use the module 'uri' with 'register', or fetch the"
              + " file before");

  private RefusedLookups() {}
}
