package dev.belay.module;

import com.google.common.collect.ImmutableList;

/**
 * What a jar of a user's own modules offers. The jar names its class in {@code
 * META-INF/services/dev.belay.module.ModuleProvider}; the class needs a constructor without
 * parameters.
 */
public interface ModuleProvider {

  /** The modules, under a collection of their own. */
  ImmutableList<ModuleSpec> modules();
}
