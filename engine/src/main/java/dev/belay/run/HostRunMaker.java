package dev.belay.run;

import java.util.function.LongSupplier;

/** Puts together what a host needs for a play. */
record HostRunMaker(RunOptions options, Links links, LongSupplier clock) {

  HostRun make(
      PlannedPlay play, PlayOnHost host, Variables variables, Turns turns, PlayHosts others) {
    Ways ways = new Ways(host.name(), play.play().keywords(), options, links, others::variables);
    ArgumentResolver arguments = new ArgumentResolver(new ControlFiles(play.play().folder()));
    TaskPreparer preparer =
        new TaskPreparer(
            variables,
            lookups(options, play),
            others,
            ways,
            arguments,
            new Inclusions(play.inclusions(), options),
            options,
            clock);
    LookAhead ahead = new LookAhead(host, preparer, turns, play.rules(), Agenda.of(play.entries()));
    return new HostRun(host, ahead, turns);
  }

  static Lookups lookups(RunOptions options, PlannedPlay play) {
    return new ControlLookups(options.environment(), play.play().folder());
  }
}
