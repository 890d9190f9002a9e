package dev.belay.remote;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * As whom a task runs on the host.
 *
 * @param user empty for the login user
 * @param method the kind of program that changes users
 * @param program what it is called; empty for the method's usual name
 * @param flags its words instead of the usual ones; empty for those
 */
public record Become(
    Optional<String> user,
    Method method,
    Optional<String> program,
    Optional<ImmutableList<String>> flags) {

  /** The programs that are known. */
  public enum Method {
    SUDO,
    SU
  }

  /** The login user. */
  public static Become nobody() {
    return by(Optional.empty(), Method.SUDO);
  }

  public static Become sudo(String user) {
    return by(Optional.of(user), Method.SUDO);
  }

  /** With the method's usual program and flags. */
  public static Become by(Optional<String> user, Method method) {
    return new Become(user, method, Optional.empty(), Optional.empty());
  }
}
