package dev.belay.run;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;

/**
 * Which tasks {@code --tags} and {@code --skip-tags} leave, with Ansible's special words: {@code
 * all}, {@code tagged}, {@code untagged}, and the tags {@code always} and {@code never}.
 */
record TagSelection(ImmutableSet<String> only, ImmutableSet<String> skip) {

  boolean selects(ImmutableSet<String> tags) {
    return isWanted(tags) && !isSkipped(tags);
  }

  private boolean isWanted(ImmutableSet<String> tags) {
    if (shares(tags, only) || tags.contains("always")) {
      return true;
    }
    if (tags.contains("never")) {
      return false;
    }
    return only.isEmpty()
        || only.contains("all")
        || only.contains("tagged") && !tags.isEmpty()
        || only.contains("untagged") && tags.isEmpty();
  }

  private boolean isSkipped(ImmutableSet<String> tags) {
    if (skip.contains("all")) {
      return !tags.contains("always") || skip.contains("always");
    }
    return shares(tags, skip)
        || skip.contains("tagged") && !tags.isEmpty()
        || skip.contains("untagged") && tags.isEmpty();
  }

  private static boolean shares(ImmutableSet<String> one, ImmutableSet<String> other) {
    return !Sets.intersection(one, other).isEmpty();
  }
}
