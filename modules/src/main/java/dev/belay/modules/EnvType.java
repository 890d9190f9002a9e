package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What values a variable may have. */
sealed interface EnvType {

  /**
   * What is wrong with a value, as it follows on its name: {@code "must be …"}; empty if nothing.
   */
  Optional<String> wrong(String value);

  /** What the values are, for a page. */
  String shape();

  /** A whole number. */
  record Whole(long least, long most, long multiple) implements EnvType {
    @Override
    public Optional<String> wrong(String value) {
      boolean fits = value.matches("-?[0-9]{1,18}");
      if (fits) {
        long number = Long.parseLong(value);
        fits = number >= least && number <= most && number % multiple == 0;
      }
      return fits ? Optional.empty() : Optional.of("must be " + shape());
    }

    @Override
    public String shape() {
      return "a whole number from "
          + least
          + " to "
          + most
          + (multiple == 1 ? "" : ", a multiple of " + multiple);
    }
  }

  /** A decimal number. */
  record Decimal(double least, double most) implements EnvType {
    @Override
    public Optional<String> wrong(String value) {
      boolean fits = value.matches("[0-9]{1,9}([.][0-9]{0,17})?|[.][0-9]{1,17}");
      if (fits) {
        double number = Double.parseDouble(value);
        fits = number >= least && number <= most;
      }
      return fits ? Optional.empty() : Optional.of("must be " + shape());
    }

    @Override
    public String shape() {
      return "a number from " + least + " to " + most;
    }
  }

  /** One of some words; case matters. */
  record Words(ImmutableList<String> words) implements EnvType {
    @Override
    public Optional<String> wrong(String value) {
      return words.contains(value) ? Optional.empty() : Optional.of("must be " + shape());
    }

    @Override
    public String shape() {
      return words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words);
    }
  }

  /** A text of a certain shape. */
  record Shaped(Pattern pattern, String shape) implements EnvType {
    @Override
    public Optional<String> wrong(String value) {
      return pattern.matcher(value).matches() ? Optional.empty() : Optional.of("must be " + shape);
    }
  }

  /** Settings with colons inside and commas between. */
  record Pairs(ImmutableMap<String, EnvType> keys) implements EnvType {
    @Override
    public Optional<String> wrong(String value) {
      List<String> wrong = new ArrayList<>();
      split(value).forEach(pair -> wrong(pair, wrong));
      return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join(", and ", wrong));
    }

    private void wrong(String pair, List<String> wrong) {
      int colon = pair.indexOf(':');
      if (colon < 0) {
        wrong.add("must be key:value[,key:value], and has '" + pair + "'");
        return;
      }
      String key = pair.substring(0, colon);
      Optional.ofNullable(keys.get(key))
          .ifPresentOrElse(
              type ->
                  type.wrong(pair.substring(colon + 1))
                      .ifPresent(why -> wrong.add("has a wrong " + key + ", which " + why)),
              () -> wrong.add("has no key '" + key + "'"));
    }

    /** At the commas that are in no brackets. */
    private static List<String> split(String value) {
      return List.of(value.split(",(?![^\\[]*\\])", -1));
    }

    @Override
    public String shape() {
      List<String> lines = new ArrayList<>();
      keys.forEach((key, type) -> lines.add("`" + key + ":` " + type.shape()));
      return "key:value[,key:value]: " + String.join("; ", lines);
    }
  }

  /** Any text. */
  record Anything() implements EnvType {
    @Override
    public Optional<String> wrong(String value) {
      return Optional.empty();
    }

    @Override
    public String shape() {
      return "any text";
    }
  }

  /** The type that an entry of the schema describes. */
  static EnvType of(Map<?, ?> entry) {
    return switch (entry.get("type").toString()) {
      case "integer" ->
          new Whole(
              bound(entry, 0),
              bound(entry, 1),
              entry.get("multiple_of") instanceof Long multiple ? multiple : 1);
      case "number" -> new Decimal(bound(entry, 0), bound(entry, 1));
      case "words" -> new Words(words(entry.get("words")));
      case "pattern" ->
          new Shaped(
              Pattern.compile(entry.get("pattern").toString()), entry.get("shape").toString());
      case "pairs" -> pairs((Map<?, ?>) entry.get("keys"));
      case "text" -> new Anything();
      default -> throw new IllegalStateException("the schema has no type " + entry.get("type"));
    };
  }

  private static long bound(Map<?, ?> entry, int which) {
    return (Long) ((List<?>) entry.get("range")).get(which);
  }

  private static ImmutableList<String> words(Object list) {
    return ((List<?>) list).stream().map(Object::toString).collect(ImmutableList.toImmutableList());
  }

  private static Pairs pairs(Map<?, ?> keys) {
    ImmutableMap.Builder<String, EnvType> types = ImmutableMap.builder();
    keys.forEach((key, entry) -> types.put(key.toString(), of((Map<?, ?>) entry)));
    return new Pairs(types.buildOrThrow());
  }
}
