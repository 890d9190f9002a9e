package dev.belay.modules;

import com.google.common.collect.ImmutableSet;
import dev.belay.module.Args;
import java.util.Locale;
import java.util.Optional;

/** What a task wants of a unit of systemd's. */
record UnitWanted(
    Optional<String> unit,
    Optional<State> state,
    Optional<Boolean> enabled,
    Optional<Boolean> masked,
    ImmutableSet<How> how) {

  /** What Ansible calls states, of which two are deeds. */
  enum State {
    STARTED,
    STOPPED,
    RESTARTED,
    RELOADED
  }

  /** What a task says besides. */
  enum How {
    RELOAD,
    REEXEC,
    NO_BLOCK,
    FORCE
  }

  static UnitWanted ofService(Args args) {
    ImmutableSet.Builder<How> how = ImmutableSet.builder();
    add(how, How.RELOAD, args.flag("daemon_reload"));
    return checked(
        new UnitWanted(
            args.textIfGiven("name").map(UnitWanted::name),
            state(args),
            args.flagIfGiven("enabled"),
            Optional.empty(),
            how.build()));
  }

  static UnitWanted of(Args args) {
    ImmutableSet.Builder<How> how = ImmutableSet.builder();
    add(how, How.RELOAD, args.flag("daemon_reload"));
    add(how, How.REEXEC, args.flag("daemon_reexec"));
    add(how, How.NO_BLOCK, args.flag("no_block"));
    add(how, How.FORCE, args.flag("force"));
    return checked(
        new UnitWanted(
            args.textIfGiven("name").map(UnitWanted::name),
            state(args),
            args.flagIfGiven("enabled"),
            args.flagIfGiven("masked"),
            how.build()));
  }

  private static void add(ImmutableSet.Builder<How> how, How one, boolean holds) {
    if (holds) {
      how.add(one);
    }
  }

  private static Optional<State> state(Args args) {
    return args.textIfGiven("state").map(word -> State.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  private static String name(String name) {
    if (!name.matches("[A-Za-z0-9_@:.\\\\][A-Za-z0-9_@:.\\\\-]*")) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name of a unit; patterns are not taken");
    }
    return name;
  }

  private static UnitWanted checked(UnitWanted wanted) {
    boolean ofUnit =
        wanted.state.isPresent() || wanted.enabled.isPresent() || wanted.masked.isPresent();
    if (!ofUnit && wanted.ofManager().isEmpty()) {
      throw new IllegalArgumentException(
          "nothing is wanted: give 'state', 'enabled' or what else the module takes");
    } else if (ofUnit && wanted.unit.isEmpty()) {
      throw new IllegalArgumentException(
          "'name' is missing: state, enabled and masked are a unit's");
    }
    return wanted;
  }

  boolean is(How one) {
    return how.contains(one);
  }

  /** What it wants of systemd itself. */
  ImmutableSet<UnitSeen.Flag> ofManager() {
    ImmutableSet.Builder<UnitSeen.Flag> flags = ImmutableSet.builder();
    if (is(How.RELOAD)) {
      flags.add(UnitSeen.Flag.RELOAD_DUE);
    }
    if (is(How.REEXEC)) {
      flags.add(UnitSeen.Flag.REEXEC_DUE);
    }
    return flags.build();
  }
}
