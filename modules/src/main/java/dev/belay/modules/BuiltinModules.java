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
        AptRepository.SPEC,
        AscendFacts.SPEC,
        Assert.SPEC,
        AsyncStatus.SPEC,
        BlockInFile.SPEC,
        Command.SPEC,
        Copy.SPEC,
        Cpufreq.SPEC,
        Debug.SPEC,
        Dnf.SPEC,
        EnvModule.SPEC,
        Expect.SPEC,
        Fail.SPEC,
        FileModule.SPEC,
        Find.SPEC,
        Setup.GATHER,
        GetUrl.SPEC,
        GroupModule.SPEC,
        IniFile.SPEC,
        LineInFile.SPEC,
        Mount.SPEC,
        PackageModule.SPEC,
        Ping.SPEC,
        Pip.SPEC,
        Replace.SPEC,
        SchedKnob.SPEC,
        SystemdModule.SERVICE,
        SetFact.SPEC,
        Setup.SPEC,
        Command.SHELL,
        Slurp.SPEC,
        StatModule.SPEC,
        Swap.SPEC,
        Sysctl.SPEC,
        Sysfs.SPEC,
        SystemdModule.SPEC,
        SystemdModule.SERVICE_SPEC,
        TempFile.SPEC,
        Template.SPEC,
        Unarchive.SPEC,
        Uri.SPEC,
        UserModule.SPEC,
        WaitFor.SPEC,
        Dnf.YUM,
        YumRepository.SPEC);
  }
}
