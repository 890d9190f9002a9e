package dev.belay.run;

import java.util.function.LongSupplier;

/** Puts together what a host needs for a play. */
record HostRunMaker(RunOptions options, LongSupplier clock) {

  HostRun make(
      PlannedPlay play, PlayOnHost host, Variables variables, Turns turns, PlayHosts others) {
    host.link().use(new HostSettingsMaker(options, variables).settings(host.name(), play.play()));
    ArgumentResolver arguments = new ArgumentResolver(new ControlFiles(play.play().folder()));
    TaskPreparer preparer =
        new TaskPreparer(
            variables,
            lookups(options, play),
            others,
            arguments,
            new Inclusions(play.inclusions(), options),
            options,
            clock);
    LookAhead ahead = new LookAhead(host, preparer, turns, Agenda.of(play.entries()));
    return new HostRun(host, ahead, turns);
  }

  static Lookups lookups(RunOptions options, PlannedPlay play) {
    return new ControlLookups(options.environment(), play.play().folder());
  }
}
