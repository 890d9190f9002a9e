package dev.belay.remote;

import java.util.Optional;

/**
 * As whom a task runs on the host.
 *
 * @param user empty for the login user
 * @param method the program that changes users
 */
public record Become(Optional<String> user, Method method) {

  /** The programs that are known. */
  public enum Method {
    SUDO,
    SU
  }

  /** The login user. */
  public static Become nobody() {
    return new Become(Optional.empty(), Method.SUDO);
  }

  public static Become sudo(String user) {
    return new Become(Optional.of(user), Method.SUDO);
  }
}
