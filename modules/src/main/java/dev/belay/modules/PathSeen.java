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
 * @param umask the bits that a new file of this user does not get
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
    String target,
    int umask) {

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
  private static final int USUAL_UMASK = 022;
  private static final int NEW_FILE = 0666;

  static PathSeen absent() {
    return absent(USUAL_UMASK);
  }

  private static PathSeen absent(int umask) {
    return new PathSeen(Kind.ABSENT, "", "", "", 0, 0, 0, 0, 0, 0, "", umask);
  }

  /** The path itself: a link is told as a link. */
  static Probe<PathSeen> at(String path) {
    return at(Sh.of("p={}", path));
  }

  /** The same for a path that a piece of shell works out and puts into {@code $p}. */
  static Probe<PathSeen> at(Sh located) {
    return Probe.of(
        Sh.of(
            "{}; if [ -L \"$p\" ] || [ -e \"$p\" ]; then stat -c \"%f|%U|%G|%u|%g|%s|%Y|%i|%h|$(umask)\" -- \"$p\" && if [ -L \"$p\" ]; then readlink -- \"$p\"; fi; else umask; exit 3; fi",
            located),
        PathSeen::of);
  }

  /** What a link there leads to. */
  static Probe<PathSeen> behind(String path) {
    return Probe.of(
        Sh.of(
            "p={}; if [ -e \"$p\" ]; then stat -L -c \"%f|%U|%G|%u|%g|%s|%Y|%i|%h|$(umask)\" -- \"$p\"; else umask; exit 3; fi",
            path),
        PathSeen::of);
  }

  private static PathSeen of(Output output) {
    if (output.status() == 3) {
      return absent(umask(output.out().strip()));
    } else if (!output.succeeded()) {
      return new PathSeen(
          Kind.UNREADABLE, "", "", "", 0, 0, 0, 0, 0, 0, output.err().strip(), USUAL_UMASK);
    }
    int end = output.out().indexOf('\n');
    String rest = output.out().substring(end + 1);
    return of(
        output.out().substring(0, end),
        rest.endsWith("\n") ? rest.substring(0, rest.length() - 1) : rest);
  }

  /** What is told by a line of the probe, and where a link leads. */
  static PathSeen of(String line, String target) {
    List<String> parts = Splitter.on('|').splitToList(line);
    int bits = Integer.parseInt(parts.get(0), 16);
    return new PathSeen(
        kind(bits & TYPE_MASK),
        String.format("%04o", bits & MODE_MASK),
        named(parts.get(1), parts.get(3)),
        named(parts.get(2), parts.get(4)),
        Long.parseLong(parts.get(3)),
        Long.parseLong(parts.get(4)),
        Long.parseLong(parts.get(5)),
        Long.parseLong(parts.get(6)),
        Long.parseLong(parts.get(7)),
        Long.parseLong(parts.get(8)),
        target,
        umask(parts.size() > 9 ? parts.get(9) : ""));
  }

  /** Who has no name is known by number. */
  private static String named(String name, String number) {
    return name.equals("UNKNOWN") ? number : name;
  }

  private static int umask(String printed) {
    return printed.matches("[0-7]{1,5}") ? Integer.parseInt(printed, 8) : USUAL_UMASK;
  }

  private static Kind kind(int type) {
    return switch (type) {
      case 0100000 -> Kind.FILE;
      case 0040000 -> Kind.DIRECTORY;
      case 0120000 -> Kind.LINK;
      default -> Kind.OTHER;
    };
  }

  /** The same link, which leads there. */
  PathSeen leadingTo(String place) {
    return new PathSeen(
        kind, mode, owner, group, uid, gid, size, mtime, inode, links, place, umask);
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
        .ifPresent(m -> commands.add(Sh.of("chmod -- {} {}", digits(m), path)));
    return commands;
  }

  /** With fewer than five digits GNU's chmod leaves a folder's setuid and setgid bits. */
  private String digits(String octal) {
    return kind == Kind.DIRECTORY ? "0" + octal : octal;
  }

  boolean isOwner(String name) {
    return name.equals(owner) || name.equals(String.valueOf(uid));
  }

  boolean isGroup(String name) {
    return name.equals(group) || name.equals(String.valueOf(gid));
  }

  /**
   * The mode that the wanted one comes to here, in octal digits; for a file where there is none.
   */
  Optional<String> wantedMode(Attributes wanted) {
    return wanted.mode().map(m -> FileMode.over(m, bits(), kind == Kind.DIRECTORY, umask));
  }

  private int bits() {
    return Integer.parseInt(isAbsent() ? freshMode() : mode.isEmpty() ? "0644" : mode, 8);
  }

  /** What a new file gets. */
  String freshMode() {
    return String.format("%04o", NEW_FILE & ~umask);
  }

  /** The attributes for a new folder, with its mode as {@code chmod} is to get it. */
  Attributes folderAttributes(Attributes wanted) {
    return new Attributes(
        wanted.mode().map(m -> m.matches("[0-7]+") ? "0" + FileMode.over(m, 0, true, umask) : m),
        wanted.owner(),
        wanted.group());
  }

  /** The same attributes with the mode in octal digits, so that no tool has to work it out. */
  Attributes resolved(Attributes wanted) {
    return new Attributes(wantedMode(wanted), wanted.owner(), wanted.group());
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
        .put("state", state())
        .put("mode", String.format("0%03o", Integer.parseInt(mode, 8)))
        .put("owner", owner)
        .put("group", group)
        .put("uid", uid)
        .put("gid", gid)
        .put("size", size)
        .buildOrThrow();
  }

  /** Ansible's word: a file with more than one name is 'hard', and what is nothing else a file. */
  String state() {
    return switch (kind) {
      case DIRECTORY, LINK, ABSENT, UNREADABLE -> kind.word();
      default -> links > 1 ? "hard" : "file";
    };
  }
}
