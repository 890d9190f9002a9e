package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Attributes;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is at a path on a host.
 *
 * @param mode permission bits, octal, four digits
 * @param size in bytes
 * @param mtime in seconds since 1970
 * @param target of a symbolic link; else empty
 */
record PathSeen(
    Kind kind,
    String mode,
    String owner,
    String group,
    long uid,
    long gid,
    long size,
    long mtime,
    long inode,
    long links,
    String target) {

  enum Kind {
    ABSENT("absent"),
    FILE("file"),
    DIRECTORY("directory"),
    LINK("link"),
    OTHER("other"),
    /** It may be there, and this user cannot look. */
    UNREADABLE("unreadable");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  private static final int TYPE_MASK = 0170000;
  private static final int MODE_MASK = 07777;

  static PathSeen absent() {
    return new PathSeen(Kind.ABSENT, "", "", "", 0, 0, 0, 0, 0, 0, "");
  }

  /** The path itself: a link is told as a link. */
  static Probe<PathSeen> at(String path) {
    return Probe.of(
        Sh.of(
            "p={}; if [ -L \"$p\" ] || [ -e \"$p\" ]; then stat -c '%f|%U|%G|%u|%g|%s|%Y|%i|%h' -- \"$p\" && if [ -L \"$p\" ]; then readlink -- \"$p\"; fi; else exit 3; fi",
            path),
        PathSeen::of);
  }

  /** What a link there leads to. */
  static Probe<PathSeen> behind(String path) {
    return Probe.of(
        Sh.of(
            "p={}; if [ -e \"$p\" ]; then stat -L -c '%f|%U|%G|%u|%g|%s|%Y|%i|%h' -- \"$p\"; else exit 3; fi",
            path),
        PathSeen::of);
  }

  private static PathSeen of(Output output) {
    if (output.status() == 3) {
      return absent();
    } else if (!output.succeeded()) {
      return new PathSeen(Kind.UNREADABLE, "", "", "", 0, 0, 0, 0, 0, 0, output.err().strip());
    }
    int end = output.out().indexOf('\n');
    List<String> parts = Splitter.on('|').splitToList(output.out().substring(0, end));
    int bits = Integer.parseInt(parts.get(0), 16);
    String rest = output.out().substring(end + 1);
    return new PathSeen(
        kind(bits & TYPE_MASK),
        String.format("%04o", bits & MODE_MASK),
        parts.get(1),
        parts.get(2),
        Long.parseLong(parts.get(3)),
        Long.parseLong(parts.get(4)),
        Long.parseLong(parts.get(5)),
        Long.parseLong(parts.get(6)),
        Long.parseLong(parts.get(7)),
        Long.parseLong(parts.get(8)),
        rest.endsWith("\n") ? rest.substring(0, rest.length() - 1) : rest);
  }

  private static Kind kind(int type) {
    return switch (type) {
      case 0100000 -> Kind.FILE;
      case 0040000 -> Kind.DIRECTORY;
      case 0120000 -> Kind.LINK;
      default -> Kind.OTHER;
    };
  }

  boolean isAbsent() {
    return kind == Kind.ABSENT;
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  /** The commands that give it the wanted owner, group and mode; none where it has them. */
  List<Sh> corrections(Attributes wanted, String path) {
    List<Sh> commands = new ArrayList<>();
    wanted
        .owner()
        .filter(name -> !isOwner(name))
        .ifPresent(name -> commands.add(Sh.of("chown -h -- {} {}", name, path)));
    wanted
        .group()
        .filter(name -> !isGroup(name))
        .ifPresent(name -> commands.add(Sh.of("chgrp -h -- {} {}", name, path)));
    wantedMode(wanted)
        .filter(m -> kind != Kind.LINK && !m.equals(mode))
        .ifPresent(m -> commands.add(Sh.of("chmod -- {} {}", m, path)));
    return commands;
  }

  private boolean isOwner(String name) {
    return name.equals(owner) || name.equals(String.valueOf(uid));
  }

  private boolean isGroup(String name) {
    return name.equals(group) || name.equals(String.valueOf(gid));
  }

  /** The mode that the wanted one comes to here, in octal digits. */
  Optional<String> wantedMode(Attributes wanted) {
    return wanted
        .mode()
        .map(
            m ->
                FileMode.over(
                    m, Integer.parseInt(mode.isEmpty() ? "644" : mode, 8), kind == Kind.DIRECTORY));
  }

  /** Owner, group and mode as they would be, for a diff. */
  String with(Attributes wanted) {
    return describe(
        wanted.owner().filter(n -> !isOwner(n)).orElse(owner),
        wanted.group().filter(n -> !isGroup(n)).orElse(group),
        wantedMode(wanted).orElse(mode));
  }

  /** Owner, group and mode. */
  String attributes() {
    return describe(owner, group, mode);
  }

  private static String describe(String owner, String group, String mode) {
    return owner + ":" + group + " " + mode;
  }

  /** What Ansible's file modules give back. */
  ImmutableMap<String, Object> result() {
    if (isAbsent() || kind == Kind.UNREADABLE) {
      return ImmutableMap.of("state", kind.word());
    }
    return ImmutableMap.<String, Object>builder()
        .put("state", kind.word())
        .put("mode", mode)
        .put("owner", owner)
        .put("group", group)
        .put("uid", uid)
        .put("gid", gid)
        .put("size", size)
        .buildOrThrow();
  }
}
