package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import dev.belay.module.ModuleSpec;

/** Modules that are about the play itself, so that the engine must know them. */
public final class EngineModules {
  private EngineModules() {}

  public static ImmutableList<ModuleSpec> all() {
    return ImmutableList.of(
        AddHost.SPEC,
        AddHost.GROUP_BY,
        Included.ROLE,
        Included.TASKS,
        IncludeVars.SPEC,
        Meta.SPEC,
        ValidateArguments.SPEC);
  }
}
