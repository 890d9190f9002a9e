package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedListMultimap;
import com.google.common.collect.Lists;
import com.google.common.collect.Multimap;
import dev.belay.module.Attributes;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that is inside of a folder, for {@code recurse}: what of it has other attributes. */
record FileTree(String path, Attributes attributes, boolean follow) {
  /** Paths in one command: far from the length that a kernel takes. */
  private static final int CHUNK = 200;

  private static final String FORMAT = "%y|%m|%u|%U|%g|%G|%p\\0";

  /** What was found inside, or why it could not be looked at. */
  record Seen(ImmutableList<Sh> corrections, int strays, Optional<String> trouble) {}

  Probe<Seen> probe() {
    if (attributes.equals(Attributes.unchanged())) {
      return Probe.nothing(new Seen(ImmutableList.of(), 0, Optional.empty()));
    }
    Sh filter = filter();
    Sh listed = Sh.of("find {} -mindepth 1 {} -printf {}", path + "/", filter, FORMAT);
    // What links lead to is listed a second time, now as what it is.
    Sh behind = Sh.of(" && find -L {} -mindepth 1 {} -printf {}", path + "/", filter, FORMAT);
    return Probe.of(
        Sh.of("if [ -d {} ]; then umask; {}{}; fi", path, listed, follow ? behind : Sh.of("")),
        this::read);
  }

  /** Only what may differ is told: a tree may be large. A symbolic mode depends on each file's. */
  private Sh filter() {
    if (attributes.mode().filter(m -> !m.matches("[0-7]+")).isPresent()) {
      return Sh.of("");
    }
    List<Sh> tests = new ArrayList<>();
    attributes.owner().ifPresent(name -> tests.add(Sh.of("! -user {}", name)));
    attributes.group().ifPresent(name -> tests.add(Sh.of("! -group {}", name)));
    attributes.mode().ifPresent(m -> tests.add(Sh.of("! -type l ! -perm {}", m)));
    Sh any = tests.get(0);
    for (Sh test : tests.subList(1, tests.size())) {
      any = Sh.of("{} -o {}", any, test);
    }
    return Sh.of("'(' {} ')'", any);
  }

  private Seen read(Output output) {
    boolean unknown = output.err().contains("known user") || output.err().contains("known group");
    if (unknown) {
      // Nothing can belong to who is not there: the command that fails says so.
      return new Seen(ImmutableList.of(owners()), 1, Optional.empty());
    } else if (!output.succeeded() && !output.err().contains("File system loop")) {
      return new Seen(ImmutableList.of(), 0, Optional.of(output.err().strip()));
    } else if (output.cut() > 0) {
      return new Seen(ImmutableList.of(), 0, Optional.of("there is too much inside"));
    }
    return corrections(output.out());
  }

  private Sh owners() {
    return attributes
        .owner()
        .map(name -> Sh.of("chown -h -- {} {}", name, path))
        .orElseGet(() -> Sh.of("chgrp -h -- {} {}", attributes.group().orElse(""), path));
  }

  private Seen corrections(String listed) {
    Multimap<Sh, String> paths = LinkedListMultimap.create();
    int strays = 0;
    int first = listed.indexOf('\n');
    int umask = first < 0 ? 0 : Integer.parseInt(listed.substring(0, first), 8);
    for (String entry : Splitter.on('\0').omitEmptyStrings().split(listed.substring(first + 1))) {
      List<String> parts = Splitter.on('|').limit(7).splitToList(entry);
      strays += differences(parts, umask, paths) ? 1 : 0;
    }
    ImmutableList.Builder<Sh> commands = ImmutableList.builder();
    for (Sh command : paths.keySet()) {
      for (List<String> chunk : Lists.partition(ImmutableList.copyOf(paths.get(command)), CHUNK)) {
        commands.add(Sh.of("{} -- {}", command, chunk));
      }
    }
    return new Seen(commands.build(), strays, Optional.empty());
  }

  private boolean differences(List<String> parts, int umask, Multimap<Sh, String> paths) {
    String found = parts.get(6);
    int before = paths.size();
    attributes
        .owner()
        .filter(name -> !name.equals(parts.get(2)) && !name.equals(parts.get(3)))
        .ifPresent(name -> paths.put(Sh.of("chown -h {}", name), found));
    attributes
        .group()
        .filter(name -> !name.equals(parts.get(4)) && !name.equals(parts.get(5)))
        .ifPresent(name -> paths.put(Sh.of("chgrp -h {}", name), found));
    int bits = Integer.parseInt(parts.get(1), 8);
    boolean folder = parts.get(0).equals("d");
    attributes
        .mode()
        .filter(m -> !parts.get(0).equals("l"))
        .map(m -> FileMode.over(m, bits, folder, umask))
        .filter(m -> Integer.parseInt(m, 8) != bits)
        .ifPresent(m -> paths.put(Sh.of("chmod {}", "0" + m), found));
    return paths.size() > before;
  }
}
