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
        Assemble.SPEC,
        Assert.SPEC,
        AsyncStatus.SPEC,
        AuthorizedKey.SPEC,
        BlockInFile.SPEC,
        Command.SPEC,
        Copy.SPEC,
        Cpufreq.SPEC,
        Debug.SPEC,
        Dnf.SPEC,
        EnvModule.SPEC,
        Expect.SPEC,
        Fail.SPEC,
        Fetch.SPEC,
        FileSpec.SPEC,
        Find.SPEC,
        Setup.GATHER,
        Getent.SPEC,
        GetUrl.SPEC,
        GroupModule.SPEC,
        Hostname.SPEC,
        IniFile.SPEC,
        KnownHostsModule.SPEC,
        LineInFile.SPEC,
        Mount.SPEC,
        PackageModule.SPEC,
        Pause.SPEC,
        Ping.SPEC,
        Pip.SPEC,
        Raw.SPEC,
        Reboot.SPEC,
        Replace.SPEC,
        SchedKnob.SPEC,
        Script.SPEC,
        SystemdModule.SERVICE,
        SetFact.SPEC,
        SetStats.SPEC,
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
        WaitForConnection.SPEC,
        Dnf.YUM,
        YumRepository.SPEC);
  }
}
