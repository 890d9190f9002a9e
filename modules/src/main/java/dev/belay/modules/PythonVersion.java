package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions of Python packages in the order of PEP 440: development releases before alphas, betas
 * and candidates, these before the release, and that before what comes after it.
 *
 * @param stage -4 for a bare development release, then a, b, rc, and 0 for a release
 * @param post -1 where it is none
 * @param dev a very large number where it is none
 */
record PythonVersion(
    long epoch, ImmutableList<Long> release, int stage, long pre, long post, long dev, String local)
    implements Comparable<PythonVersion> {
  private static final Pattern FORM =
      Pattern.compile(
          "v?(?:([0-9]+)!)?([0-9]+(?:\\.[0-9]+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?([0-9]*))?"
              + "(?:-([0-9]+)|[-_.]?(?:post|rev|r)[-_.]?([0-9]*))?([-_.]?dev[-_.]?([0-9]*))?(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?");

  /** The version that a text is; empty where it is none. */
  static Optional<PythonVersion> of(String text) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!form.matches() || text.length() > 100) {
      return Optional.empty();
    }
    ImmutableList<Long> release =
        Splitter.on('.')
            .splitToStream(form.group(2))
            .map(PythonVersion::number)
            .collect(ImmutableList.toImmutableList());
    boolean isPost = form.group(5) != null || form.group(6) != null;
    boolean isDev = form.group(7) != null;
    return Optional.of(
        new PythonVersion(
            number(form.group(1)),
            release,
            form.group(3) != null ? stage(form.group(3)) : isDev && !isPost ? -4 : 0,
            number(form.group(4)),
            isPost ? number(form.group(5) != null ? form.group(5) : form.group(6)) : -1,
            isDev ? number(form.group(8)) : Long.MAX_VALUE,
            Optional.ofNullable(form.group(9)).orElse("").replaceAll("[-_]", ".")));
  }

  private static long number(String digits) {
    return digits == null || digits.isEmpty() || digits.length() > 18 ? 0 : Long.parseLong(digits);
  }

  private static int stage(String word) {
    return switch (word) {
      case "a", "alpha" -> -3;
      case "b", "beta" -> -2;
      default -> -1;
    };
  }

  @Override
  public int compareTo(PythonVersion other) {
    int order = Long.compare(epoch, other.epoch);
    order = order != 0 ? order : compareReleases(release, other.release);
    order = order != 0 ? order : Integer.compare(stage, other.stage);
    order = order != 0 ? order : Long.compare(pre, other.pre);
    order = order != 0 ? order : Long.compare(post, other.post);
    return order != 0 ? order : Long.compare(dev, other.dev);
  }

  private static int compareReleases(List<Long> a, List<Long> b) {
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      int order = Long.compare(i < a.size() ? a.get(i) : 0, i < b.size() ? b.get(i) : 0);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Whether the release begins with these numbers. */
  boolean startsWith(List<Long> numbers) {
    for (int i = 0; i < numbers.size(); i++) {
      if (!numbers.get(i).equals(i < release.size() ? release.get(i) : Long.valueOf(0))) {
        return false;
      }
    }
    return true;
  }

  boolean isPreRelease() {
    return stage < 0 || dev != Long.MAX_VALUE;
  }
}
