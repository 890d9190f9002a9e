package dev.belay.module;

import java.util.Optional;

/**
 * Who may do what with a file. What is not given stays as it is; a new file gets mode 0644 and the
 * owner who makes it.
 *
 * @param mode as {@code chmod} takes it: octal digits or symbolic
 * @param owner a name or a number
 * @param group a name or a number
 */
public record Attributes(Optional<String> mode, Optional<String> owner, Optional<String> group) {

  /** All as it is. */
  public static Attributes unchanged() {
    return new Attributes(Optional.empty(), Optional.empty(), Optional.empty());
  }

  public static Attributes mode(String mode) {
    return new Attributes(Optional.of(mode), Optional.empty(), Optional.empty());
  }
}
