package dev.belay.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares versions of Python's packages: {@code 1!2.0rc1.post2.dev3+local}. */
final class Pep440 {
  private static final Pattern VERSION =
      Pattern.compile(
          "v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\\.[0-9]+)*)"
              + "(?:[-_.]?(?<pre>a|b|c|rc|alpha|beta|pre|preview)[-_.]?(?<preNumber>[0-9]+)?)?"
              + "(?<post>-(?<bare>[0-9]+)|[-_.]?(?:post|rev|r)[-_.]?(?<postNumber>[0-9]+)?)?"
              + "(?<dev>[-_.]?dev[-_.]?(?<devNumber>[0-9]+)?)?"
              + "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?");

  private static final BigInteger LEAST = BigInteger.valueOf(-2);
  private static final BigInteger MOST = BigInteger.TWO.pow(200);

  private Pep440() {}

  static int compare(String left, String right) {
    List<BigInteger> one = key(left);
    List<BigInteger> other = key(right);
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      int order = at(one, i).compareTo(at(other, i));
      if (order != 0) {
        return order;
      }
    }
    return local(left).compareTo(local(right));
  }

  private static BigInteger at(List<BigInteger> key, int place) {
    return place < key.size() ? key.get(place) : BigInteger.ZERO;
  }

  private static Matcher parts(String version) {
    Matcher parts = VERSION.matcher(version.strip().toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new IllegalArgumentException("Invalid version: '" + version + "'");
    }
    return parts;
  }

  private static String local(String version) {
    String local = parts(version).group("local");
    return local == null ? "" : local;
  }

  /** Epoch, a fixed number of release numbers, then what comes before and behind it. */
  private static List<BigInteger> key(String version) {
    Matcher parts = parts(version);
    List<BigInteger> key = new ArrayList<>();
    key.add(number(parts, "epoch"));
    String[] release = parts.group("release").split("\\.", -1);
    for (int i = 0; i < Math.max(RELEASE_PARTS, release.length); i++) {
      key.add(i < release.length ? new BigInteger(release[i]) : BigInteger.ZERO);
    }
    boolean dev = parts.group("dev") != null;
    boolean post = parts.group("post") != null;
    if (parts.group("pre") != null) {
      key.add(BigInteger.valueOf("abcr".indexOf(stage(parts.group("pre")))));
      key.add(number(parts, "preNumber"));
    } else {
      key.add(dev && !post ? LEAST : MOST);
      key.add(BigInteger.ZERO);
    }
    key.add(post ? number(parts, "bare").max(number(parts, "postNumber")) : LEAST);
    key.add(dev ? number(parts, "devNumber") : MOST);
    return key;
  }

  /** Longer releases than this are not compared with shorter ones by what follows. */
  private static final int RELEASE_PARTS = 8;

  private static char stage(String word) {
    return switch (word) {
      case "a", "alpha" -> 'a';
      case "b", "beta" -> 'b';
      default -> 'c';
    };
  }

  private static BigInteger number(Matcher parts, String name) {
    String digits = parts.group(name);
    return digits == null ? BigInteger.ZERO : new BigInteger(digits);
  }
}
