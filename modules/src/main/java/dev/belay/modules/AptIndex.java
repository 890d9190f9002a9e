package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.List;

/**
 * The package index, and when a task wants it renewed.
 *
 * @param wanted whether it is to be renewed at all
 * @param validFor in seconds
 */
record AptIndex(boolean wanted, long validFor) {

  /**
   * How the index was found.
   *
   * @param time of the last refresh, in seconds since 1970; 0 where it was never fetched
   * @param now the host's clock, in seconds since 1970
   */
  record Seen(long time, long now) {
    boolean isAbsent() {
      return time == 0;
    }

    String age() {
      return isAbsent() ? "never fetched" : now - time + " s old";
    }

    ImmutableMap<String, Object> result() {
      return ImmutableMap.of("cache_updated", false, "cache_update_time", time);
    }

    /** Reads the line that {@link AptIndex#question} prints. */
    static Seen of(Output output) {
      for (String line : output.lines()) {
        if (line.startsWith("A|")) {
          List<String> parts = Splitter.on('|').splitToList(line);
          return new Seen(Long.parseLong(parts.get(1)), Long.parseLong(parts.get(2)));
        }
      }
      return new Seen(0, 0);
    }
  }

  static AptIndex of(Args args) {
    long valid = args.integer("cache_valid_time");
    return new AptIndex(args.flagIfGiven("update_cache").orElse(false) || valid > 0, valid);
  }

  /** Where Ubuntu leaves a stamp it tells the time, else the folder of the index does. */
  static Sh question() {
    return Sh.of(
        "set -- /var/lib/apt/lists/*_Packages*; n=0; if [ -e \"$1\" ]; then n=$(stat -c %Y /var/lib/apt/periodic/update-success-stamp 2>/dev/null || stat -c %Y /var/lib/apt/lists); fi; echo \"A|$n|$(date +%s)\"");
  }

  boolean isStale(Seen seen) {
    return wanted && (seen.isAbsent() || validFor == 0 || seen.now - seen.time > validFor);
  }
}
