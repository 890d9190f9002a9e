package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Args;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a task wants of a user. What is not given stays as it is.
 *
 * @param groups names or numbers
 * @param password as a hash
 * @param expires the day; a day before 1970 for never
 */
record UserWanted(
    String name,
    Optional<Long> uid,
    Optional<String> group,
    Optional<ImmutableList<String>> groups,
    Optional<String> comment,
    Optional<String> home,
    Optional<String> shell,
    Optional<String> password,
    Optional<LocalDate> expires,
    Optional<Boolean> locked,
    Optional<Long> least,
    Optional<Long> most,
    New fresh,
    ImmutableSet<How> how) {
  private static final long SECONDS_A_DAY = 86_400;

  /** What a task says besides. */
  enum How {
    SYSTEM,
    NON_UNIQUE,
    /** Groups are added, and none taken away. */
    APPEND,
    CREATE_HOME,
    MOVE_HOME,
    /** A password that is there stays. */
    PASSWORD_ON_CREATE,
    /** Removed though logged in. */
    FORCE,
    /** Removed with the home. */
    REMOVE
  }

  /** What matters when the user, or the home, is made. */
  record New(Optional<String> skeleton, Optional<String> umask, Optional<String> seuser) {}

  static UserWanted of(Args args) {
    Optional<ImmutableList<String>> groups =
        args.has("groups")
            ? Optional.of(
                args.texts("groups").stream()
                    .map(String::strip)
                    .filter(g -> !g.isEmpty())
                    .map(Accounts::name)
                    .collect(ImmutableList.toImmutableList()))
            : Optional.empty();
    return new UserWanted(
        Accounts.name(args.text("name")),
        args.integerIfGiven("uid"),
        args.textIfGiven("group").map(Accounts::name),
        groups,
        field(args, "comment"),
        field(args, "home"),
        field(args, "shell"),
        field(args, "password"),
        expires(args),
        args.flagIfGiven("password_lock"),
        args.integerIfGiven("password_expire_min"),
        args.integerIfGiven("password_expire_max"),
        new New(
            args.textIfGiven("skeleton"), args.textIfGiven("umask"), args.textIfGiven("seuser")),
        how(args));
  }

  private static Optional<String> field(Args args, String parameter) {
    return args.textIfGiven(parameter).map(value -> Accounts.field(parameter, value));
  }

  private static Optional<LocalDate> expires(Args args) {
    if (!args.has("expires")) {
      return Optional.empty();
    }
    long days = Math.floorDiv((long) Math.floor(args.number("expires")), SECONDS_A_DAY);
    if (Math.abs(days) > 1_000_000) {
      throw new IllegalArgumentException("'expires' must be in seconds since 1970");
    }
    return Optional.of(LocalDate.ofEpochDay(days));
  }

  private static ImmutableSet<How> how(Args args) {
    ImmutableSet.Builder<How> how = ImmutableSet.builder();
    add(how, How.SYSTEM, args.flag("system"));
    add(how, How.NON_UNIQUE, args.flag("non_unique"));
    add(how, How.APPEND, args.flag("append"));
    add(how, How.CREATE_HOME, args.flag("create_home"));
    add(how, How.MOVE_HOME, args.flag("move_home"));
    add(how, How.PASSWORD_ON_CREATE, args.text("update_password").equals("on_create"));
    add(how, How.FORCE, args.flag("force"));
    add(how, How.REMOVE, args.flag("remove"));
    return how.build();
  }

  private static void add(ImmutableSet.Builder<How> how, How one, boolean holds) {
    if (holds) {
      how.add(one);
    }
  }

  boolean is(How one) {
    return how.contains(one);
  }

  /** All groups that the task names. */
  ImmutableList<String> named() {
    ImmutableList.Builder<String> named = ImmutableList.builder();
    group.ifPresent(named::add);
    groups.ifPresent(named::addAll);
    return named.build();
  }

  /** Whether what it wants is in the file of passwords. */
  boolean needsShadow() {
    return password.isPresent() && !is(How.PASSWORD_ON_CREATE)
        || expires.isPresent()
        || locked.isPresent()
        || least.isPresent()
        || most.isPresent();
  }

  /** The hash as it is to be stored. */
  Optional<String> hash() {
    return password.map(hash -> locked.orElse(false) ? "!" + hash : hash);
  }
}
