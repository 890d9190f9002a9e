package dev.belay.vault;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.BaseEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/**
 * Texts that no output may show: what was in a vault, passwords, private prompts. Used by the
 * threads of all hosts.
 *
 * <p>It knows texts, not where they come from: a secret is masked too where a host says it.
 */
public final class Secrets {
  /** What stands in a secret's place, as Ansible has it. */
  public static final String MASK = "********";

  /** A shorter text may be a part of many words: it is masked where it is a word of its own. */
  private static final int LONG = 6;

  /** In an encrypted file of variables, what is shorter is rather a setting than a secret. */
  private static final int SECRET = 4;

  /** A line of a secret of many lines is one too, from this length. */
  private static final int LINE = 8;

  private final ConcurrentSkipListSet<String> texts =
      new ConcurrentSkipListSet<>(
          Comparator.comparingInt(String::length)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));

  /** Keeps a text from now on, and what is often made of it: its lines, and its base64 form. */
  public void keep(String secret) {
    String text = secret.strip();
    if (text.isEmpty()) {
      return;
    }
    texts.add(text);
    if (text.length() >= LONG) {
      texts.add(base64(text));
      texts.add(base64(secret));
    }
    if (text.indexOf('\n') >= 0) {
      text.lines().map(String::strip).filter(line -> line.length() >= LINE).forEach(texts::add);
    }
  }

  /**
   * Keeps the texts and numbers of a file of variables that is encrypted as a whole; true and false
   * tell nothing, and neither does what is as short as they are.
   */
  public void keepAll(Object value) {
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(this::keepAll);
    } else if (value instanceof Iterable<?> list) {
      list.forEach(this::keepAll);
    } else if (value instanceof Number || value instanceof String) {
      Optional.of(value.toString())
          .filter(text -> text.strip().length() >= SECRET)
          .ifPresent(this::keep);
    }
  }

  private static String base64(String text) {
    return BaseEncoding.base64().encode(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The text without any of them. */
  public String masked(String text) {
    String masked = text;
    for (String secret : texts) {
      if (masked.contains(secret)) {
        masked = secret.length() >= LONG ? masked.replace(secret, MASK) : words(masked, secret);
      }
    }
    return masked;
  }

  private static String words(String text, String secret) {
    return Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(secret) + "(?![\\p{L}\\p{N}])")
        .matcher(text)
        .replaceAll(java.util.regex.Matcher.quoteReplacement(MASK));
  }

  /** The value with all texts inside of it masked; numbers too, where they are a secret. */
  public Object masked(Object value) {
    if (texts.isEmpty()) {
      return value;
    } else if (value instanceof Map<?, ?> map) {
      ImmutableMap.Builder<Object, Object> masked = ImmutableMap.builder();
      map.forEach((name, member) -> masked.put(masked(name), masked(member)));
      return masked.buildKeepingLast();
    } else if (value instanceof List<?> list) {
      List<Object> masked = new ArrayList<>(list.size());
      list.forEach(member -> masked.add(masked(member)));
      return masked;
    } else if (value instanceof Number number) {
      return texts.contains(number.toString()) ? MASK : value;
    }
    return value instanceof String text ? masked(text) : value;
  }
}
