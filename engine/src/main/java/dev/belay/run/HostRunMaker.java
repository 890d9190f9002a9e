package dev.belay.run;

import java.util.function.LongSupplier;

/** Puts together what a host needs for a play. */
record HostRunMaker(RunOptions options, LongSupplier clock) {

  HostRun make(PlannedPlay play, PlayOnHost host, Variables variables, Turns turns) {
    host.link().use(new HostSettingsMaker(options, variables).settings(host.name(), play.play()));
    ArgumentResolver arguments = new ArgumentResolver(new ControlFiles(play.play().folder()));
    TaskPreparer preparer =
        new TaskPreparer(
            variables,
            new ControlLookups(options.environment(), play.play().folder()),
            arguments,
            options,
            clock);
    return new HostRun(host, preparer, turns, Agenda.of(play.entries()));
  }
}
