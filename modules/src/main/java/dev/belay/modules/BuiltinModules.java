package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.ModuleSpec;

/**
 * The modules that come with Belay. The list is kept by hand: to find a module, look for its name
 * here.
 */
public final class BuiltinModules {
  private BuiltinModules() {}

  public static ImmutableList<ModuleSpec> all() {
    return ImmutableList.of(
        Apt.SPEC,
        Assert.SPEC,
        BlockInFile.SPEC,
        Command.SPEC,
        Copy.SPEC,
        Cpufreq.SPEC,
        Debug.SPEC,
        Env.SPEC,
        Fail.SPEC,
        FileModule.SPEC,
        Find.SPEC,
        GetUrl.SPEC,
        LineInFile.SPEC,
        Ping.SPEC,
        Replace.SPEC,
        SetFact.SPEC,
        Setup.SPEC,
        Command.SHELL,
        Slurp.SPEC,
        StatModule.SPEC,
        Sysctl.SPEC,
        TempFile.SPEC,
        Template.SPEC);
  }
}
