package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Args;
import dev.belay.module.Parameter;
import dev.belay.module.Precautions;
import dev.belay.module.Type;
import java.util.Optional;

/** Parameters that all modules about files share. */
final class FileParameters {
  /** The name of the parameter for flags of the file system. */
  static final String FLAGS = "attributes";

  static final Parameter FILE_FLAGS =
      Parameter.optional(
              FLAGS,
              Type.TEXT,
              "Flags of the file system, by chattr's letters: '+i' for this too, '-i' for not this, 'i' or '=i' for this alone. Needs lsattr and chattr. Those that say how a file is stored (e, E, I, h, N, V) stay as they are.")
          .alias("attr");

  /** Why some parameters of Ansible's are not among these. */
  static final String REFUSED =
      "'seuser', 'serole', 'setype' and 'selevel' are refused: what a host has of them stays.";

  static final ImmutableList<Parameter> ATTRIBUTES =
      ImmutableList.of(
          Parameter.optional(
              "mode",
              Type.MODE,
              "Permissions, as '0644' or 'u=rw,go=r'. Put octal digits in quotes. Without it a file keeps what it has, and a new one gets what the user's umask leaves."),
          Parameter.optional("owner", Type.TEXT, "A user's name or number."),
          Parameter.optional("group", Type.TEXT, "A group's name or number."),
          Parameter.optional(
                  "unsafe_writes",
                  Type.FLAG,
                  "Whether a file that cannot be replaced, such as one that is mounted into a container, is written in place; then a power failure may leave half of it.")
              .defaultsTo(false));

  /** The engine reads it: what it hands to the module is opened, or is not. */
  static final Parameter DECRYPT =
      Parameter.optional(
              "decrypt",
              Type.FLAG,
              "Whether a file here that is encrypted by ansible-vault is opened.")
          .defaultsTo(true);

  static final Parameter BACKUP =
      Parameter.optional(
              "backup",
              Type.FLAG,
              "Whether a file that is replaced is kept beside it, as NAME.PID.YYYY-MM-DD@HH:MM:SS~.")
          .defaultsTo(false);

  static final Parameter VALIDATE =
      Parameter.optional(
          "validate",
          Type.TEXT,
          "A command that must succeed on the new file, '%s' in it, before it takes the old one's place. No shell reads it.");

  private FileParameters() {}

  /**
   * What 'backup', 'validate' and 'unsafe_writes' ask for.
   *
   * @throws IllegalArgumentException where the command names no file
   */
  static Precautions precautions(Args args, String path) {
    ImmutableList<String> words =
        args.textIfGiven("validate").map(ShellWords::split).orElse(ImmutableList.of());
    if (!words.isEmpty() && words.stream().noneMatch(word -> word.contains("%s"))) {
      throw new IllegalArgumentException(
          "validate must contain %s: " + args.textIfGiven("validate").orElse(""));
    }
    return new Precautions(
        args.flag("backup") ? Optional.of(path) : Optional.empty(),
        words,
        args.flag("unsafe_writes"));
  }
}
