package dev.belay.module;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * What is done around the replacing of a file, so that it can be undone, or is not done at all.
 *
 * @param backup where the file that is there is copied to first: this path with {@code
 *     .PID.YYYY-MM-DD@HH:MM:SS~} behind it; empty where no copy is made
 * @param validation the words of a command that must succeed on the new file before it gets its
 *     name; {@code %s} in them is where it is meanwhile. None where nothing is to be asked
 * @param inPlace whether the bytes may be written into the file that is there where it cannot be
 *     replaced, as over a mount: then a power failure can leave half of them
 */
public record Precautions(
    Optional<String> backup, ImmutableList<String> validation, boolean inPlace) {

  public static Precautions none() {
    return new Precautions(Optional.empty(), ImmutableList.of(), false);
  }

  /** The same, with a copy, if any, beside that path. */
  public Precautions beside(String path) {
    return new Precautions(backup.map(other -> path), validation, inPlace);
  }
}
