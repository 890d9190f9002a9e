package dev.belay.modules;

import com.google.common.base.Splitter;
import dev.belay.module.Attributes;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;

/** Makes a folder and those above it: each that is new gets the same owner, group and mode. */
final class NewFolders {
  private NewFolders() {}

  static Sh make(String path, Attributes attributes) {
    List<String> all = new ArrayList<>();
    boolean absolute = path.startsWith("/");
    StringBuilder folder = new StringBuilder(absolute ? "" : ".");
    String below = absolute ? path : Paths.shown(path);
    for (String part : Splitter.on('/').omitEmptyStrings().split(below)) {
      all.add(folder.append('/').append(part).toString());
    }
    List<Sh> commands = new ArrayList<>(List.of(Sh.of("mkdir -- \"$f\"")));
    attributes.owner().ifPresent(name -> commands.add(Sh.of("chown -- {} \"$f\"", name)));
    attributes.group().ifPresent(name -> commands.add(Sh.of("chgrp -- {} \"$f\"", name)));
    attributes.mode().ifPresent(mode -> commands.add(Sh.of("chmod -- {} \"$f\"", mode)));
    return Sh.of("for f in {}; do [ -d \"$f\" ] || { {}; } || exit 1; done", all, Sh.all(commands));
  }
}
