package dev.belay.custom;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.List;
import java.util.Optional;

/**
 * The interpreter that the first line of a script names.
 *
 * @param program a path, or a name to be looked for
 * @param options what stands behind it
 */
record Interpreter(String program, ImmutableList<String> options) {
  private static final Splitter WORDS = Splitter.onPattern("[ \t]+").omitEmptyStrings();

  /** Of {@code #!/usr/bin/perl -w}, {@code #!/usr/bin/env perl}. */
  static Optional<Interpreter> of(String firstLine) {
    if (!firstLine.startsWith("#!")) {
      return Optional.empty();
    }
    List<String> words = WORDS.splitToList(firstLine.substring(2).strip());
    if (words.isEmpty()) {
      return Optional.empty();
    }
    int named = !base(words.get(0)).equals("env") || words.size() == 1 ? 0 : afterEnv(words);
    return Optional.of(
        new Interpreter(
            words.get(named), ImmutableList.copyOf(words.subList(named + 1, words.size()))));
  }

  private static int afterEnv(List<String> words) {
    return words.get(1).equals("-S") && words.size() > 2 ? 2 : 1;
  }

  private static String base(String path) {
    return Iterables.getLast(Splitter.on('/').split(path));
  }

  /** {@code perl}. */
  String name() {
    return base(program);
  }

  /** The variable by which a host says where it has this one. */
  String variable() {
    return "ansible_" + (isPython() ? "python" : name()) + "_interpreter";
  }

  private boolean isPython() {
    return name().matches("python[0-9.]*");
  }

  /** What to look for on a host, in this order. */
  ImmutableList<String> candidates() {
    return isPython() ? ImmutableList.of(program, "python3", "python") : ImmutableList.of(program);
  }
}
