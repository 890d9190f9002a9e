package dev.belay.modules;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a file of authorized keys, and how they are edited. */
final class AuthorizedKeys {
  private static final Pattern TYPE =
      Pattern.compile(
          "(ssh-(rsa|dss|ed25519|xmss@openssh\\.com)|rsa-sha2-(256|512)|ecdsa-sha2-nistp(256|384|521)|(webauthn-)?sk-(ecdsa-sha2-nistp256|ssh-ed25519)@openssh\\.com"
              + "|(ssh-(rsa|dss|ed25519|xmss)|rsa-sha2-(256|512)|ecdsa-sha2-nistp(256|384|521)|sk-(ecdsa-sha2-nistp256|ssh-ed25519))-cert-v01@openssh\\.com)");

  private static final Pattern OPTION = Pattern.compile("(?:[^,\"']|\"[^\"]*\"|'[^']*')++");

  private AuthorizedKeys() {}

  /**
   * One key.
   *
   * @param blob the key itself, by which keys are told apart
   * @param options by name; empty text for one without a value
   */
  record Key(String blob, String type, ImmutableMap<String, String> options, String comment) {

    /** Empty for a line that is none: a comment, or something strange. */
    static Optional<Key> of(String line) {
      List<String> words =
          Splitter.on(CharMatcher.whitespace()).omitEmptyStrings().splitToList(line);
      for (int i = 0; i < words.size() && !words.get(0).startsWith("#"); i++) {
        if (TYPE.matcher(words.get(i)).matches()) {
          return i + 1 == words.size()
              ? Optional.empty()
              : Optional.of(
                  new Key(
                      words.get(i + 1),
                      words.get(i),
                      AuthorizedKeys.options(String.join(" ", words.subList(0, i))),
                      String.join(" ", words.subList(i + 2, words.size()))));
        }
      }
      return Optional.empty();
    }

    Key with(Optional<String> otherOptions, Optional<String> otherComment) {
      return new Key(
          blob,
          type,
          otherOptions.map(AuthorizedKeys::options).orElse(options),
          otherComment.orElse(comment));
    }

    /** As it is written, with a blank where there is no comment. */
    String line() {
      List<String> written = new ArrayList<>();
      options.forEach((name, value) -> written.add(value.isEmpty() ? name : name + "=" + value));
      String before = written.isEmpty() ? "" : String.join(",", written) + " ";
      return before + type + " " + blob + " " + comment;
    }
  }

  /** Options with a comma between them, but for those in quotes. */
  static ImmutableMap<String, String> options(String text) {
    ImmutableMap.Builder<String, String> options = ImmutableMap.builder();
    Matcher parts = OPTION.matcher(text);
    while (parts.find()) {
      int equals = parts.group().indexOf('=');
      options.put(
          equals < 0 ? parts.group() : parts.group().substring(0, equals),
          equals < 0 ? "" : parts.group().substring(equals + 1));
    }
    return options.buildKeepingLast();
  }

  /** The lines with these keys: a key that is there and differs goes behind all others. */
  static ImmutableList<String> with(List<String> lines, List<Key> keys) {
    Map<String, Key> there = byBlob(lines);
    List<Key> fresh = keys.stream().filter(key -> !key.equals(there.get(key.blob))).toList();
    List<String> kept = new ArrayList<>(without(lines, fresh));
    fresh.stream().map(Key::line).distinct().forEach(kept::add);
    return ImmutableList.copyOf(kept);
  }

  /** The lines without these keys; what else they say does not matter. */
  static ImmutableList<String> without(List<String> lines, List<Key> keys) {
    List<String> gone = keys.stream().map(Key::blob).toList();
    return lines.stream()
        .filter(line -> Key.of(line).filter(key -> gone.contains(key.blob)).isEmpty())
        .collect(ImmutableList.toImmutableList());
  }

  /** These keys and nothing else, not even comments. */
  static ImmutableList<String> only(List<String> lines, List<Key> keys) {
    List<String> wanted = keys.stream().map(Key::blob).toList();
    return with(lines, keys).stream()
        .filter(line -> Key.of(line).filter(key -> wanted.contains(key.blob)).isPresent())
        .collect(ImmutableList.toImmutableList());
  }

  private static Map<String, Key> byBlob(List<String> lines) {
    Map<String, Key> keys = new LinkedHashMap<>();
    lines.forEach(line -> Key.of(line).ifPresent(key -> keys.put(key.blob, key)));
    return keys;
  }
}
