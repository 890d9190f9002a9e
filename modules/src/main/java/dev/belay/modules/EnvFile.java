package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.shell.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A file of variables as it is, or as it should be.
 *
 * @param text as it is on the host; empty where there is none
 * @param values what it says of each variable, in its order
 * @param unread lines that say something which cannot be kept
 */
record EnvFile(
    EnvDialect dialect,
    String text,
    ImmutableMap<String, EnvValue> values,
    ImmutableList<String> unread) {
  private static final String HEADER = "# Managed by belay.\n";

  static EnvFile read(EnvDialect dialect, String text) {
    Map<String, EnvValue> values = new LinkedHashMap<>();
    ImmutableList.Builder<String> unread = ImmutableList.builder();
    for (String line : Output.lines(text)) {
      Optional<ProfileLine.Member> member =
          dialect == EnvDialect.PROFILE ? ProfileLine.member(line) : Optional.empty();
      if (member.isPresent()) {
        values.merge(
            member.get().variable(), alone(member.get()), (old, one) -> joined(old, member.get()));
      } else if (!dialect.isNothing(line)) {
        dialect
            .read(line)
            .ifPresentOrElse(
                set -> set.forEach((name, value) -> values.put(name, new EnvValue.Assigned(value))),
                () -> unread.add(line));
      }
    }
    return new EnvFile(dialect, text, ImmutableMap.copyOf(values), unread.build());
  }

  private static EnvValue alone(ProfileLine.Member member) {
    return joined(EnvValue.Listed.none(member.separator()), member);
  }

  /** Each line puts its member before those of the lines above it, so the last one is the first. */
  private static EnvValue joined(EnvValue before, ProfileLine.Member member) {
    ListEdit edit =
        new ListEdit(
            member.variable(),
            member.kind(),
            ImmutableList.of(member.member()),
            member.separator());
    return before instanceof EnvValue.Listed list
        ? list.with(edit)
        : new EnvValue.Assigned(edit.applied(before.text()));
  }

  /** The same with variables set, lists changed, and variables taken out. */
  ImmutableMap<String, EnvValue> with(
      Map<String, String> set, List<ListEdit> edits, List<String> absent) {
    Map<String, EnvValue> after = new LinkedHashMap<>(values);
    set.forEach((name, value) -> after.put(name, new EnvValue.Assigned(value)));
    for (ListEdit edit : edits) {
      Optional<EnvValue> value = edited(Optional.ofNullable(after.get(edit.variable())), edit);
      value.ifPresentOrElse(
          v -> after.put(edit.variable(), v), () -> after.remove(edit.variable()));
    }
    absent.forEach(after::remove);
    return ImmutableMap.copyOf(after);
  }

  private Optional<EnvValue> edited(Optional<EnvValue> before, ListEdit edit) {
    if (dialect == EnvDialect.PROFILE
        && before.filter(EnvValue.Assigned.class::isInstance).isEmpty()) {
      EnvValue.Listed list =
          before
              .map(EnvValue.Listed.class::cast)
              .filter(l -> l.separator().equals(edit.separator()))
              .orElse(EnvValue.Listed.none(edit.separator()));
      return Optional.<EnvValue>of(list.with(edit)).filter(l -> !((EnvValue.Listed) l).isEmpty());
    }
    String value = edit.applied(before.map(EnvValue::text).orElse(""));
    return value.isEmpty() ? Optional.empty() : Optional.of(new EnvValue.Assigned(value));
  }

  /**
   * The text that says so. A file that is ours is written as a whole; of a shared one only the
   * lines of the variables that differ are touched.
   *
   * @throws IllegalArgumentException where the dialect cannot say it
   */
  String text(Map<String, EnvValue> after) {
    return dialect.isShared() ? edited(after) : whole(after);
  }

  private String whole(Map<String, EnvValue> after) {
    StringBuilder whole =
        new StringBuilder(HEADER).append(dialect == EnvDialect.SYSTEMD ? "[Service]\n" : "");
    after.forEach(
        (name, value) -> lines(name, value).forEach(line -> whole.append(line).append('\n')));
    return whole.toString();
  }

  private List<String> lines(String name, EnvValue value) {
    if (!(value instanceof EnvValue.Listed list)) {
      return List.of(dialect.line(name, value.text()));
    }
    List<String> lines = new ArrayList<>();
    list.first().reverse().forEach(m -> lines.add(member(name, ListEdit.Kind.PREPEND, list, m)));
    list.last().forEach(m -> lines.add(member(name, ListEdit.Kind.APPEND, list, m)));
    return lines;
  }

  private static String member(
      String name, ListEdit.Kind kind, EnvValue.Listed list, String member) {
    return new ProfileLine.Member(name, kind, list.separator(), member).line();
  }

  private String edited(Map<String, EnvValue> after) {
    Map<String, EnvValue> missing = new LinkedHashMap<>(after);
    List<String> lines = new ArrayList<>();
    for (String line : Output.lines(text)) {
      Optional<String> name =
          dialect.isNothing(line)
              ? Optional.empty()
              : dialect.read(line).map(set -> set.keySet().iterator().next());
      if (name.isEmpty() || Objects.equals(after.get(name.get()), values.get(name.get()))) {
        lines.add(line);
        name.ifPresent(missing::remove);
      } else if (missing.containsKey(name.get())) {
        lines.addAll(lines(name.get(), missing.remove(name.get())));
      }
    }
    missing.forEach((name, value) -> lines.addAll(lines(name, value)));
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /** What the file alone makes of each variable. */
  static ImmutableMap<String, String> texts(Map<String, EnvValue> values) {
    ImmutableMap.Builder<String, String> texts = ImmutableMap.builder();
    values.forEach((name, value) -> texts.put(name, value.text()));
    return texts.buildOrThrow();
  }
}
