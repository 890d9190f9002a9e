package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Parameter;
import dev.belay.module.Type;

/** Parameters that all modules about files share. */
final class FileParameters {
  static final ImmutableList<Parameter> ATTRIBUTES =
      ImmutableList.of(
          Parameter.optional(
              "mode",
              Type.MODE,
              "Permissions, as '0644' or 'u=rw,go=r'. Put octal digits in quotes. Without it a file keeps what it has, and a new one gets 0644 (a directory 0755)."),
          Parameter.optional("owner", Type.TEXT, "A user's name or number."),
          Parameter.optional("group", Type.TEXT, "A group's name or number."));

  private FileParameters() {}
}
