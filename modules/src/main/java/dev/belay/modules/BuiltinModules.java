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
        Allocator.SPEC,
        Apt.SPEC,
        AscendFacts.SPEC,
        AptRepository.SPEC,
        Assert.SPEC,
        Command.SPEC,
        Copy.SPEC,
        Cpufreq.SPEC,
        Debug.SPEC,
        EnvModule.SPEC,
        Expect.SPEC,
        Dnf.SPEC,
        Fail.SPEC,
        FileModule.SPEC,
        GetUrl.SPEC,
        IniFile.SPEC,
        LineInFile.SPEC,
        PackageModule.SPEC,
        Pip.SPEC,
        Ping.SPEC,
        SetFact.SPEC,
        Setup.SPEC,
        Command.SHELL,
        StatModule.SPEC,
        Sysctl.SPEC,
        Dnf.YUM,
        YumRepository.SPEC);
  }
}
