package dev.belay.template;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Optional;

/** All filters and tests, by their short names and by those of Ansible's collection. */
public final class Library {
  private static final String BUILTIN = "ansible.builtin.";
  private static final ImmutableMap<String, Operation> FILTERS =
      ImmutableMap.<String, Operation>builder()
          .putAll(BasicFilters.all())
          .putAll(TextFilters.all())
          .putAll(ListFilters.all())
          .putAll(MapFilters.all())
          .putAll(NumberFilters.all())
          .putAll(PathFilters.all())
          .putAll(CodecFilters.all())
          .putAll(RegexFilters.all())
          .putAll(Dates.filters())
          .putAll(CollectionFilters.all())
          .buildOrThrow();
  private static final ImmutableMap<String, Operation> TESTS =
      ImmutableMap.<String, Operation>builder()
          .putAll(ValueTests.all())
          .putAll(ResultTests.all())
          .putAll(FileTests.all())
          .buildOrThrow();

  private Library() {}

  static Optional<Operation> filter(String name) {
    return Optional.ofNullable(FILTERS.get(plain(name)));
  }

  static Optional<Operation> test(String name) {
    return Optional.ofNullable(TESTS.get(plain(name)));
  }

  private static String plain(String name) {
    return name.startsWith(BUILTIN) ? name.substring(BUILTIN.length()) : name;
  }

  /** The names of all filters. */
  public static ImmutableSortedSet<String> filters() {
    return ImmutableSortedSet.copyOf(FILTERS.keySet());
  }

  /** The names of all tests. */
  public static ImmutableSortedSet<String> tests() {
    return ImmutableSortedSet.copyOf(TESTS.keySet());
  }
}
