package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.shell.Sh;
import java.util.List;

/** Writing to files of the kernel's: each takes a value at once, refuses it, or is busy. */
final class KernelFile {

  /**
   * A shell function: {@code put FILE VALUE}. Some kernels say EBUSY while CPUs come or go; only
   * {@code tee} tells that error in words, so it is asked where the shell's own write fails.
   */
  static final String PUT =
      """
      put() {
        for n in 1 2 3; do
          if { printf '%s\\n' "$2" >"$1"; } 2>/dev/null; then return 0; fi
          if e=$(printf '%s\\n' "$2" | tee -- "$1" 2>&1 >/dev/null); then return 0; fi
          case $e in *[Bb]usy*) sleep 0.1 ;; *) break ;; esac
        done
        printf '%s\\n' "$e" >&2
        return 1
      }
      """;

  private KernelFile() {}

  /** How a file tells its value. */
  enum Reading {
    /** The value is all of it; blanks and tabs count alike. */
    PLAIN,
    /** It lists what it offers, with the value in brackets: {@code always [madvise] never}. */
    BRACKET;

    /** The value that a text of the kernel's tells. */
    String of(String text) {
      int from = text.indexOf('[');
      int to = text.indexOf(']', from + 1);
      return this == BRACKET && from >= 0 && to > from
          ? text.substring(from + 1, to)
          : text.strip().replaceAll("\\s+", " ");
    }

    /** What it offers; empty where it does not say. */
    ImmutableList<String> offered(String text) {
      return this == BRACKET && text.contains("[")
          ? ImmutableList.copyOf(text.replaceAll("[\\[\\]]", " ").strip().split("\\s+"))
          : ImmutableList.of();
    }
  }

  /**
   * Writes a value to each file and reads it back: what the kernel changes on its own is a failure,
   * which names what it kept.
   *
   * @param spellings further texts that the kernel may write for the value
   */
  static Sh write(List<String> files, String value, List<String> spellings, Reading reading) {
    return Sh.of(
        "{}for f in {}; do put \"$f\" {} || exit 1; done; for f in {}; do {} || { printf '%s keeps %s and not %s\\n' \"$f\" \"$v\" {} >&2; exit 1; }; done",
        Sh.of(PUT), files, value, files, kept(value, spellings, reading), value);
  }

  private static Sh kept(String value, List<String> spellings, Reading reading) {
    if (reading == Reading.BRACKET) {
      return Sh.of(
          "v=$(cat -- \"$f\") && case $v in *{}*) ;; {}) ;; *) false ;; esac",
          "[" + value + "]",
          value);
    }
    Sh same = Sh.of("case $v in {}) ;; *) false ;; esac", value);
    for (String spelling : spellings.stream().filter(s -> !s.equals(value)).toList()) {
      same = Sh.of("case $v in {}|{}) ;; *) false ;; esac", value, spelling);
    }
    // Tabs and blanks alike: the shell splits and joins.
    return Sh.of("v=$(set -f; set -- $(cat -- \"$f\"); printf %s \"$*\") && {}", same);
  }
}
