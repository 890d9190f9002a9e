package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.shell.Output;
import java.util.List;

/** What {@code stat} prints, under the names that Ansible gives it. */
final class StatText {
  /** Names last but one: nothing else has unknown letters. Times come as text, for the fraction. */
  static final String FORMAT = "%f|%u|%g|%s|%i|%d|%h|%b|%o|%t|%T|%X|%Y|%Z|%x|%y|%z|%U|%G";

  private static final int TYPE = 0170000;
  private static final ImmutableMap<String, Integer> TYPES =
      ImmutableMap.of(
          "isreg", 0100000,
          "isdir", 0040000,
          "islnk", 0120000,
          "ischr", 0020000,
          "isblk", 0060000,
          "isfifo", 0010000,
          "issock", 0140000);
  private static final ImmutableMap<String, Integer> BITS =
      ImmutableMap.<String, Integer>builder()
          .put("rusr", 0400)
          .put("wusr", 0200)
          .put("xusr", 0100)
          .put("rgrp", 040)
          .put("wgrp", 020)
          .put("xgrp", 010)
          .put("roth", 04)
          .put("woth", 02)
          .put("xoth", 01)
          .put("isuid", 04000)
          .put("isgid", 02000)
          .buildOrThrow();

  /** The letters of {@code lsattr} and what they stand for. */
  private static final ImmutableMap<Character, String> ATTRIBUTES =
      ImmutableMap.<Character, String>builder()
          .put('A', "noatime")
          .put('a', "append")
          .put('c', "compressed")
          .put('C', "nocow")
          .put('d', "nodump")
          .put('D', "dirsync")
          .put('e', "extents")
          .put('E', "encrypted")
          .put('h', "blocksize")
          .put('i', "immutable")
          .put('I', "indexed")
          .put('j', "journalled")
          .put('N', "inline")
          .put('s', "zero")
          .put('S', "synchronous")
          .put('t', "notail")
          .put('T', "blockroot")
          .put('u', "undelete")
          .put('X', "compressedraw")
          .put('Z', "compresseddirty")
          .buildOrThrow();

  private StatText() {}

  static ImmutableMap<String, Object> told(String line) {
    List<String> parts = Splitter.on('|').splitToList(line);
    ImmutableMap.Builder<String, Object> told = ImmutableMap.builder();
    told.putAll(common(parts));
    told.put("blocks", Long.parseLong(parts.get(7)));
    told.put("block_size", Long.parseLong(parts.get(8)));
    told.put("device_type", device(parts.get(9), parts.get(10)));
    named(told, "pw_name", parts.get(17));
    named(told, "gr_name", parts.get(18));
    return told.buildOrThrow();
  }

  private static void named(ImmutableMap.Builder<String, Object> told, String key, String name) {
    if (!name.equals("UNKNOWN")) {
      told.put(key, name);
    }
  }

  /** What {@code stat} and {@code find} both tell of a thing. */
  static ImmutableMap<String, Object> common(List<String> parts) {
    int mode = Integer.parseInt(parts.get(0), 16);
    ImmutableMap.Builder<String, Object> told = ImmutableMap.builder();
    told.put("mode", String.format("%04o", mode & 07777));
    TYPES.forEach((key, type) -> told.put(key, (mode & TYPE) == type));
    told.put("uid", Long.parseLong(parts.get(1))).put("gid", Long.parseLong(parts.get(2)));
    told.put("size", Long.parseLong(parts.get(3))).put("inode", Long.parseLong(parts.get(4)));
    told.put("dev", Long.parseLong(parts.get(5))).put("nlink", Long.parseLong(parts.get(6)));
    told.put("atime", time(parts.get(11), parts.get(14)));
    told.put("mtime", time(parts.get(12), parts.get(15)));
    told.put("ctime", time(parts.get(13), parts.get(16)));
    BITS.forEach((key, bit) -> told.put(key, (mode & bit) != 0));
    return told.buildOrThrow();
  }

  /** One of the times, whose seconds are in that field, with its fraction. */
  static double exactTime(List<String> parts, int field) {
    return time(parts.get(field), parts.get(field + 3));
  }

  private static double time(String seconds, String text) {
    int dot = text.indexOf('.');
    String fraction = dot < 0 ? "" : text.substring(dot).replaceFirst("\\s.*", "");
    return Double.parseDouble(seconds + fraction);
  }

  /** As the kernel puts a device's two numbers into one. */
  private static long device(String major, String minor) {
    long high = Long.parseLong(major, 16);
    long low = Long.parseLong(minor, 16);
    return (high & 0xfff) << 8 | low & 0xff | (low & ~0xffL) << 12 | (high & ~0xfffL) << 32;
  }

  /** What was asked for besides, each on a line that begins with its name. */
  static ImmutableMap<String, Object> more(Output output, StatModule.Wanted wanted) {
    ImmutableMap.Builder<String, Object> more = ImmutableMap.builder();
    if (wanted.mime()) {
      more.put("mimetype", "unknown").put("charset", "unknown");
    }
    if (wanted.attributes()) {
      more.put("attributes", ImmutableList.of()).put("attr_flags", "");
      more.put("version", dev.belay.value.None.NONE);
    }
    for (String line : output.lines()) {
      int space = line.indexOf(' ');
      String rest = space < 0 ? "" : line.substring(space + 1);
      switch (space < 0 ? "" : line.substring(0, space)) {
        case "checksum", "md5" ->
            more.put(line.substring(0, space), rest.replaceFirst("\\s.*", ""));
        case "mime" -> mime(rest, more);
        case "attr" -> attributes(rest, more);
        default -> {}
      }
    }
    return more.buildKeepingLast();
  }

  private static void mime(String line, ImmutableMap.Builder<String, Object> more) {
    List<String> parts =
        Splitter.on(';').trimResults().splitToList(line.substring(line.lastIndexOf(':') + 1));
    if (parts.size() == 2 && parts.get(1).contains("=")) {
      more.put("mimetype", parts.get(0));
      more.put("charset", parts.get(1).substring(parts.get(1).indexOf('=') + 1));
    }
  }

  private static void attributes(String line, ImmutableMap.Builder<String, Object> more) {
    List<String> parts = Splitter.on(' ').omitEmptyStrings().splitToList(line);
    if (parts.size() < 3) {
      return;
    }
    String flags = parts.get(1).replace("-", "");
    more.put("version", parts.get(0)).put("attr_flags", flags);
    more.put(
        "attributes",
        flags
            .chars()
            .mapToObj(c -> ATTRIBUTES.getOrDefault((char) c, ""))
            .filter(name -> !name.isEmpty())
            .collect(ImmutableList.toImmutableList()));
  }
}
