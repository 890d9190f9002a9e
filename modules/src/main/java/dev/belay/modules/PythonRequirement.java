package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What pip is asked to install: a name with versions that will do, or something that only pip can
 * tell.
 *
 * @param word as pip gets it
 * @param name as PEP 503 spells it; empty for addresses, paths and conditions
 * @param extras whether it wants parts that not every installation has
 */
record PythonRequirement(String word, String name, boolean extras, ImmutableList<Clause> clauses) {
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\\s*(\\[[^\\]]*\\])?\\s*\\(?((?:===|==|~=|!=|<=|>=|<|>)[^();@]*)?\\)?");
  private static final Pattern CLAUSE =
      Pattern.compile("(===|==|~=|!=|<=|>=|<|>)\\s*([A-Za-z0-9.!+_*-]+)");

  /** One comparison. */
  record Clause(String operator, String version) {

    boolean allows(PythonVersion installed, String text) {
      if (operator.equals("===")) {
        return text.equalsIgnoreCase(version);
      } else if (version.endsWith(".*")) {
        boolean fits = fitsPrefix(installed);
        return operator.equals("!=") != fits;
      }
      return PythonVersion.of(version).map(wanted -> compares(installed, wanted)).orElse(false);
    }

    private boolean fitsPrefix(PythonVersion installed) {
      return PythonVersion.of(version.substring(0, version.length() - 2))
          .filter(prefix -> prefix.epoch() == installed.epoch())
          .map(prefix -> installed.startsWith(prefix.release()))
          .orElse(false);
    }

    private boolean compares(PythonVersion installed, PythonVersion wanted) {
      int order = installed.compareTo(wanted);
      boolean same =
          order == 0 && (wanted.local().isEmpty() || wanted.local().equals(installed.local()));
      return switch (operator) {
        case "==" -> same;
        case "!=" -> !same;
        case "<=" -> order <= 0;
        case ">=" -> order >= 0;
        case "<" -> order < 0 && (wanted.isPreRelease() || !isPreOf(installed, wanted));
        case ">" -> order > 0 && (wanted.post() >= 0 || !isPostOf(installed, wanted));
        default -> order >= 0 && installed.startsWith(shortened(wanted));
      };
    }

    private static boolean isPreOf(PythonVersion a, PythonVersion b) {
      return a.isPreRelease() && a.release().equals(b.release());
    }

    private static boolean isPostOf(PythonVersion a, PythonVersion b) {
      return a.post() >= 0 && a.release().equals(b.release());
    }

    private static List<Long> shortened(PythonVersion wanted) {
      return wanted.release().subList(0, Math.max(wanted.release().size() - 1, 1));
    }
  }

  /** What a word of a task or a line of a file asks for. */
  static PythonRequirement of(String word) {
    Matcher form = FORM.matcher(word.strip());
    if (!form.matches()) {
      return new PythonRequirement(word.strip(), "", false, ImmutableList.of());
    }
    ImmutableList.Builder<Clause> clauses = ImmutableList.builder();
    String versions = Optional.ofNullable(form.group(3)).orElse("");
    for (String each : Splitter.on(',').trimResults().omitEmptyStrings().split(versions)) {
      Matcher clause = CLAUSE.matcher(each);
      if (!clause.matches()) {
        return new PythonRequirement(word.strip(), "", false, ImmutableList.of());
      }
      clauses.add(new Clause(clause.group(1), clause.group(2)));
    }
    return new PythonRequirement(
        word.strip(), canonical(form.group(1)), form.group(2) != null, clauses.build());
  }

  static String canonical(String name) {
    return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
  }

  /** Whether pip's list tells if it is there. */
  boolean isPlain() {
    return !name.isEmpty() && !extras;
  }

  boolean allows(String installed) {
    Optional<PythonVersion> version = PythonVersion.of(installed);
    return clauses.isEmpty()
        || version.filter(v -> clauses.stream().allMatch(c -> c.allows(v, installed))).isPresent();
  }

  @Override
  public String toString() {
    return word;
  }
}
