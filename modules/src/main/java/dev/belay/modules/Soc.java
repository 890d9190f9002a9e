package dev.belay.modules;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Families of Ascend processors, as far as settings differ between them. People and tools call the
 * same one by many names: {@code 910B4}, {@code ascend910b4} and {@code A2} are one family.
 */
enum Soc {
  ASCEND_310P("310p"),
  ASCEND_910("910"),
  ASCEND_910B("910b"),
  ASCEND_910_93("910_93"),
  ASCEND_950("950"),
  /** A task that names none. */
  UNKNOWN("unknown");

  private static final Map<String, Soc> PRODUCTS =
      Map.of("a2", ASCEND_910B, "a3", ASCEND_910_93, "a5", ASCEND_950);

  private final String word;

  Soc(String word) {
    this.word = word;
  }

  /** What playbooks and the schema call it. */
  String word() {
    return word;
  }

  /**
   * The family of a processor's name.
   *
   * @throws IllegalArgumentException where there is none of that name
   */
  static Soc of(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT).replaceFirst("^ascend[ _-]?", "");
    return family(plain)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + name
                        + "' is no SoC that the schema knows; it knows 310p, 910, 910b (A2), 910_93 (A3) and 950"));
  }

  private static Optional<Soc> family(String plain) {
    if (PRODUCTS.containsKey(plain)) {
      return Optional.of(PRODUCTS.get(plain));
    } else if (plain.startsWith("310p")) {
      return Optional.of(ASCEND_310P);
    } else if (plain.startsWith("910b")) {
      return Optional.of(ASCEND_910B);
    } else if (plain.startsWith("910_93") || plain.equals("910c")) {
      return Optional.of(ASCEND_910_93);
    } else if (plain.equals("910") || plain.matches("910(a|pro[ab]?|pre.*)")) {
      return Optional.of(ASCEND_910);
    }
    return plain.startsWith("950") || plain.startsWith("910_95")
        ? Optional.of(ASCEND_950)
        : Optional.empty();
  }
}
