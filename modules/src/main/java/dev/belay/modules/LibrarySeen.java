package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A shared library on a host, and how it does when it is preloaded.
 *
 * @param path empty where there is none
 * @param elf the first 20 bytes of the file, in hexadecimal digits
 * @param hostElf those of a program of the host
 * @param said what a program said that it was preloaded into; empty where it was content
 */
record LibrarySeen(Optional<String> path, String elf, String hostElf, String said) {
  private static final String MAGIC = "7f454c46";
  private static final int CLASS_AT = 8;
  private static final int MACHINE_AT = 36;
  private static final int DIGITS = 40;

  static LibrarySeen absent() {
    return new LibrarySeen(Optional.empty(), "", "", "");
  }

  /**
   * Asks for that file, or for the first of the names in the folders of the host's architecture. By
   * {@code uname -m}: what {@code uname -i} says is "unknown" on Debian.
   */
  static Probe<LibrarySeen> probe(Optional<String> file, ImmutableList<String> names) {
    Sh found =
        file.map(f -> Sh.of("f={}; [ -e \"$f\" ] || f=", f))
            .orElseGet(
                () ->
                    Sh.of(
                        "m=$(uname -m); f=; for n in {}; do for d in /usr/lib/$m-linux-gnu /lib/$m-linux-gnu /usr/lib64 /lib64 /usr/lib /usr/local/lib64 /usr/local/lib; do if [ -e \"$d/$n\" ]; then f=$d/$n; break 2; fi; done; done",
                        names));
    Sh looked =
        Sh.of(
            """
            [ -n "$f" ] || exit 0
            printf 'path %s\\n' "$f"
            printf 'elf %s\\n' "$(od -An -v -tx1 -N20 -- "$f" | tr -d ' \\n')"
            printf 'host %s\\n' "$(od -An -v -tx1 -N20 -- /bin/true | tr -d ' \\n')"
            printf 'said %s\\n' "$({ LD_PRELOAD=$f /bin/true || echo "it ended with $?"; } 2>&1 | head -c 500 | tr '\\n' ' ')\"""");
    return Probe.of(Sh.of("{}\n{}", found, looked), LibrarySeen::read);
  }

  private static LibrarySeen read(Output output) {
    Map<String, String> said = new TreeMap<>();
    for (String line : output.lines()) {
      int space = line.indexOf(' ');
      if (space > 0) {
        said.put(line.substring(0, space), line.substring(space + 1).strip());
      }
    }
    return new LibrarySeen(
        Optional.ofNullable(said.get("path")),
        said.getOrDefault("elf", ""),
        said.getOrDefault("host", ""),
        said.getOrDefault("said", ""));
  }

  /** Why it must not be preloaded. */
  Optional<String> wrong() {
    if (!elf.startsWith(MAGIC) || elf.length() < DIGITS) {
      return Optional.of("it is no shared library");
    } else if (hostElf.length() == DIGITS && !architecture(elf).equals(architecture(hostElf))) {
      return Optional.of("it is for another architecture than the host's programs");
    }
    return Optional.of(said).filter(words -> !words.isEmpty());
  }

  /** Class, byte order and machine. */
  private static String architecture(String header) {
    return header.substring(CLASS_AT, CLASS_AT + 4) + header.substring(MACHINE_AT, DIGITS);
  }
}
