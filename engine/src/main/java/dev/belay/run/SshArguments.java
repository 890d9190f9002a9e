package dev.belay.run;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Position;
import dev.belay.template.EvaluationException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * What inventories hand to {@code ssh} by {@code ansible_ssh_common_args}, as far as it has a
 * meaning here. An option that has none is an error: it would change how a host is reached.
 *
 * @param jumps the bastions, the first one first
 * @param knownHosts files of known keys
 * @param acceptsNewKeys whether {@code StrictHostKeyChecking=accept-new} was said
 */
record SshArguments(
    ImmutableList<String> jumps, ImmutableList<String> knownHosts, boolean acceptsNewKeys) {
  /** They steer OpenSSH's own connections, of which there are none. */
  private static final ImmutableSet<String> WITHOUT_MEANING =
      ImmutableSet.of(
          "identitiesonly",
          "controlmaster",
          "controlpersist",
          "controlpath",
          "compression",
          "loglevel",
          "batchmode",
          "serveraliveinterval",
          "serveralivecountmax",
          "connecttimeout",
          "preferredauthentications");

  static SshArguments read(String text) {
    SshArguments read = new SshArguments(ImmutableList.of(), ImmutableList.of(), false);
    Iterator<String> words =
        Splitter.onPattern("\\s+")
            .omitEmptyStrings()
            .splitToList(text.replaceAll("[\"']", ""))
            .iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (word.equals("-C")) {
        // Compression: how fast, not where to.
        continue;
      }
      String flag = word.length() > 1 ? word.substring(0, 2) : word;
      String value = word.length() > 2 ? word.substring(2) : words.hasNext() ? words.next() : "";
      read =
          switch (flag) {
            case "-J" -> read.with("proxyjump", value);
            case "-o" ->
                read.with(
                    key(value), value.substring(Math.min(value.length(), value.indexOf('=') + 1)));
            default -> throw unknown(word);
          };
    }
    return read;
  }

  private static String key(String option) {
    int equals = option.indexOf('=');
    return option.substring(0, Math.max(0, equals)).toLowerCase(Locale.ROOT);
  }

  private SshArguments with(String key, String value) {
    List<String> parts = Splitter.on(',').omitEmptyStrings().splitToList(value);
    return switch (key) {
      case "proxyjump" -> new SshArguments(ImmutableList.copyOf(parts), knownHosts, acceptsNewKeys);
      case "userknownhostsfile" ->
          new SshArguments(jumps, ImmutableList.copyOf(parts), acceptsNewKeys);
      case "stricthostkeychecking" -> new SshArguments(jumps, knownHosts, accepts(value));
      default -> {
        if (!WITHOUT_MEANING.contains(key)) {
          throw unknown("-o " + key + "=" + value);
        }
        yield this;
      }
    };
  }

  /**
   * {@code no} is what people write for hosts that they have not met: it takes a new key, and a
   * changed one is refused all the same.
   */
  private static boolean accepts(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "yes", "ask" -> false;
      case "accept-new", "no", "off" -> true;
      default ->
          throw new EvaluationException(
              Position.of("ansible_ssh_common_args"),
              "StrictHostKeyChecking is yes, accept-new or no, and not '" + value + "'");
    };
  }

  private static EvaluationException unknown(String word) {
    return new EvaluationException(
        Position.of("ansible_ssh_common_args"),
        "'"
            + word
            + "' has no meaning here; ProxyJump, UserKnownHostsFile and StrictHostKeyChecking have");
  }
}
