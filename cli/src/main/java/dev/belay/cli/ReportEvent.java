package dev.belay.cli;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.inventory.Shard;
import dev.belay.module.Change;
import dev.belay.module.Remark;
import dev.belay.problem.Position;
import dev.belay.run.Order;
import dev.belay.run.Outcome;
import dev.belay.run.Recap;
import dev.belay.run.RunOptions;
import dev.belay.run.Status;
import dev.belay.run.Tally;
import dev.belay.run.TaskHeader;
import dev.belay.template.Json;
import dev.belay.template.JsonException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that {@link JsonListener} wrote, read again. All methods throw an {@link
 * IllegalArgumentException} where the line is not what they are for.
 */
record ReportEvent(Map<?, ?> fields) {
  private static final Pattern PLACE =
      Pattern.compile("(?s)(.*?)(?::([0-9]{1,9}))?(?::([0-9]{1,9}))?");

  static ReportEvent read(String line) {
    try {
      if (Json.read(line) instanceof Map<?, ?> fields
          && Long.valueOf(JsonListener.VERSION).equals(fields.get("v"))) {
        return new ReportEvent(fields);
      }
    } catch (JsonException e) {
      throw new IllegalArgumentException("this line is no JSON: the file is cut or no report", e);
    }
    throw new IllegalArgumentException(
        "this line is no event of version " + JsonListener.VERSION + ": no report of this program");
  }

  boolean is(String event) {
    return event.equals(fields.get("event"));
  }

  String text(String name) {
    return optional(name)
        .orElseThrow(() -> new IllegalArgumentException("this event has no '" + name + "'"));
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(fields.get(name)).map(Object::toString);
  }

  int number(String name) {
    if (fields.get(name) instanceof Number number) {
      return number.intValue();
    }
    throw new IllegalArgumentException("this event has no number '" + name + "'");
  }

  private boolean flag(String name) {
    return Boolean.TRUE.equals(fields.get(name));
  }

  private ImmutableList<Object> list(String name) {
    return fields.get(name) instanceof List<?> list
        ? ImmutableList.copyOf(list)
        : ImmutableList.of();
  }

  private ImmutableList<ReportEvent> events(String name) {
    return list(name).stream()
        .filter(Map.class::isInstance)
        .map(each -> new ReportEvent((Map<?, ?>) each))
        .collect(toImmutableList());
  }

  ImmutableList<String> texts(String name) {
    return list(name).stream().map(Object::toString).collect(toImmutableList());
  }

  private ImmutableMap<String, Object> mapping(String name) {
    return fields.get(name) instanceof Map<?, ?> map
        ? map.entrySet().stream()
            .collect(toImmutableMap(e -> e.getKey().toString(), Map.Entry::getValue))
        : ImmutableMap.of();
  }

  Position at() {
    Matcher place = PLACE.matcher(text("at"));
    if (!place.matches() || place.group(2) == null) {
      return Position.of(text("at"));
    }
    int column = place.group(3) == null ? 0 : Integer.parseInt(place.group(3));
    return new Position(place.group(1), Integer.parseInt(place.group(2)), column);
  }

  /** Of a {@code run}. */
  RunHeader header() {
    return new RunHeader(
        text("command"),
        flag("check") ? RunOptions.Mode.CHECK : RunOptions.Mode.APPLY,
        texts("playbooks"),
        optional("limit"),
        ImmutableSet.copyOf(texts("tags")),
        ImmutableSet.copyOf(texts("skip_tags")),
        fields.containsKey("shard")
            ? Optional.of(new Shard(number("shard"), number("shards")))
            : Optional.empty(),
        optional("inventory"));
  }

  /** Of a {@code task} or a {@code finding}: their order is not told. */
  TaskHeader task() {
    return new TaskHeader(
        Order.of(0),
        TaskHeader.Kind.TASK,
        text("task"),
        text("module"),
        at(),
        optional("source"),
        optional("why"));
  }

  /** Of a {@code task}, or of an item of one. */
  Outcome outcome() {
    ImmutableList<Outcome.Item> items =
        events("items").stream()
            .map(item -> new Outcome.Item(item.text("item"), item.outcome()))
            .collect(toImmutableList());
    Outcome.Shown shown = new Outcome.Shown(flag("hidden"), Optional.empty(), Optional.empty());
    return new Outcome(
        status(),
        mapping("result"),
        events("changes").stream().map(ReportEvent::change).collect(toImmutableList()),
        remarks(),
        optional("msg").orElse(""),
        items,
        flag("ignored"),
        shown,
        Duration.ofMillis(fields.containsKey("ms") ? number("ms") : 0));
  }

  private Status status() {
    return Arrays.stream(Status.values())
        .filter(status -> status.word().equals(fields.get("status")))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("this event has no known 'status'"));
  }

  private Change change() {
    return new Change(text("what"), text("before"), text("after"), ImmutableList.of());
  }

  private ImmutableList<Remark> remarks() {
    return events("remarks").stream()
        .map(
            remark ->
                new Remark(
                    Remark.Kind.valueOf(remark.text("kind").toUpperCase(Locale.ROOT)),
                    remark.text("text")))
        .collect(toImmutableList());
  }

  /** Of a {@code finding}. */
  Finding finding() {
    FindingKind kind =
        Arrays.stream(FindingKind.values())
            .filter(each -> each.word().equals(fields.get("kind")))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("this finding has no known 'kind'"));
    return new Finding(
        kind,
        at(),
        optional("item").orElse(""),
        optional("what").map(what -> new Finding.Difference(what, text("before"), text("after"))),
        optional("msg").orElse(""),
        remarks());
  }

  /** Of a {@code finding}: what the setting has on its hosts, where that is the same. */
  KnobValues values() {
    return new KnobValues(
        KnobValues.NAMES.stream()
            .filter(fields::containsKey)
            .collect(toImmutableMap(name -> name, this::text)));
  }

  /** Of a {@code recap}. */
  Recap recap() {
    ImmutableMap.Builder<String, Tally> hosts = ImmutableMap.builder();
    mapping("hosts")
        .forEach(
            (host, counters) -> hosts.put(host, new ReportEvent((Map<?, ?>) counters).tally()));
    ImmutableMap.Builder<String, ImmutableMap<String, Object>> stats = ImmutableMap.builder();
    ReportEvent all = new ReportEvent(mapping("stats"));
    all.fields.keySet().forEach(host -> stats.put(host.toString(), all.mapping(host.toString())));
    return new Recap(hosts.buildOrThrow(), stats.buildOrThrow(), Duration.ofMillis(number("ms")));
  }

  private Tally tally() {
    return new Tally(
        number("ok"),
        number("changed"),
        number("unreachable"),
        number("failed"),
        number("skipped"),
        number("rescued"),
        number("ignored"),
        number("unsupported"),
        number("unverifiable"),
        number("unknown"),
        number("forgiven"),
        number("round_trips"));
  }
}
