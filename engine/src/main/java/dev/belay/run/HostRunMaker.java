package dev.belay.run;

import java.util.Optional;
import java.util.function.LongSupplier;

/** Puts together what a host needs for a play. */
record HostRunMaker(RunOptions options, Links links, Steps steps, LongSupplier clock) {

  HostRun make(
      PlannedPlay play, PlayOnHost host, Variables variables, Turns turns, PlayHosts others) {
    Ways ways = new Ways(host.name(), play.play().keywords(), options, links, others::variables);
    ControlSide control = options.control();
    ArgumentResolver arguments =
        new ArgumentResolver(
            new ControlFiles(
                play.play().folder(),
                new SealedFiles(Optional.of(control.vault())),
                control.managed()));
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
    LookAhead ahead =
        new LookAhead(host, preparer, turns, play.rules(), steps, Agenda.of(play.entries()));
    return new HostRun(host, ahead, turns);
  }

  static Lookups lookups(RunOptions options, PlannedPlay play) {
    return new ControlLookups(
        options.environment(),
        play.play().folder(),
        options.control().vault(),
        options.mode() == RunOptions.Mode.APPLY
            ? Passwords.Making.FILES
            : Passwords.Making.NOTHING);
  }
}
