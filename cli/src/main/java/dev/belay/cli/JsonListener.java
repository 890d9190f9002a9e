package dev.belay.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.belay.module.Change;
import dev.belay.module.Remark;
import dev.belay.modules.BuiltinModules;
import dev.belay.run.Outcome;
import dev.belay.run.Recap;
import dev.belay.run.RunListener;
import dev.belay.run.Tally;
import dev.belay.run.TaskHeader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Writes a run as lines of JSON: one for each event, the recap last. Version 1. An audit's findings
 * stand before the recap.
 */
final class JsonListener implements RunListener {
  static final int VERSION = 1;
  private static final JsonFactory FACTORY = new JsonFactory();

  private final PrintStream out;
  private final RunHeader header;
  private final Optional<? extends Found> audit;
  private final ShownResult.Filter results = new ShownResult.Filter(BuiltinModules.all());
  private String play = "";
  private boolean begun;

  JsonListener(PrintStream out, RunHeader header, Optional<? extends Found> audit) {
    this.out = out;
    this.header = header;
    this.audit = audit;
  }

  /** Writes the fields of one event. */
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** The first event tells what run it is of. */
  private void event(String name, Fields fields) {
    begin();
    StringWriter line = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField("v", VERSION);
      json.writeStringField("event", name);
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println(line);
    out.flush();
  }

  /** Tells what run it is of, once. */
  void begin() {
    if (!begun) {
      begun = true;
      event("run", header::write);
    }
  }

  /** Writes a line of another report as it stands. */
  void copied(String line) {
    out.println(line);
  }

  @Override
  public void playStarted(PlayStart start) {
    play = start.name();
    event(
        "play",
        json -> {
          json.writeStringField("play", start.name());
          json.writeNumberField("hosts", start.hosts().size());
          json.writeStringField("at", start.at().toString());
        });
  }

  @Override
  public void taskDone(String host, TaskHeader task, Outcome outcome) {
    event(
        "task",
        json -> {
          json.writeStringField("host", host);
          json.writeStringField("play", play);
          json.writeStringField("task", task.name());
          json.writeStringField("module", task.module());
          json.writeStringField("status", outcome.status().word());
          changes(json, outcome);
          optional(json, outcome);
          if (outcome.ignored()) {
            json.writeBooleanField("ignored", true);
          }
          if (outcome.hidden()) {
            json.writeBooleanField("hidden", true);
          } else {
            result(json, task.module(), outcome);
            items(json, task.module(), outcome);
          }
          field(json, "source", task.source());
          field(json, "why", task.why());
          json.writeStringField("at", task.at().toString());
          json.writeNumberField("ms", outcome.took().toMillis());
        });
  }

  private static void changes(JsonGenerator json, Outcome outcome) throws IOException {
    json.writeArrayFieldStart("changes");
    for (Change change : outcome.changes()) {
      write(json, change);
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Change change) throws IOException {
    json.writeStartObject();
    json.writeStringField("what", change.what());
    json.writeStringField("before", change.before());
    json.writeStringField("after", change.after());
    json.writeEndObject();
  }

  private static void optional(JsonGenerator json, Outcome outcome) throws IOException {
    field(json, "msg", Optional.of(outcome.message()).filter(text -> !text.isEmpty()));
    remarks(json, outcome.remarks());
  }

  private static void remarks(JsonGenerator json, List<Remark> remarks) throws IOException {
    if (remarks.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("remarks");
    for (Remark remark : remarks) {
      json.writeStartObject();
      json.writeStringField("kind", remark.kind().name().toLowerCase(java.util.Locale.ROOT));
      json.writeStringField("text", remark.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void result(JsonGenerator json, String module, Outcome outcome) throws IOException {
    ShownResult shown = results.of(module, outcome.result());
    if (!shown.values().isEmpty()) {
      json.writeFieldName("result");
      JsonValues.write(json, shown.values());
    }
    if (!shown.omitted().isEmpty()) {
      json.writeFieldName("result_omitted");
      JsonValues.write(json, shown.omitted());
    }
  }

  private void items(JsonGenerator json, String module, Outcome outcome) throws IOException {
    if (outcome.items().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("items");
    for (Outcome.Item item : outcome.items()) {
      json.writeStartObject();
      json.writeStringField("item", item.label());
      json.writeStringField("status", item.outcome().status().word());
      if (!item.outcome().changes().isEmpty()) {
        changes(json, item.outcome());
      }
      optional(json, item.outcome());
      result(json, module, item.outcome());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void field(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }

  @Override
  public void warning(String text) {
    event("warning", json -> json.writeStringField("msg", text));
  }

  @Override
  public void rescued(String host) {
    event("rescued", json -> json.writeStringField("host", host));
  }

  private void finding(Audit.Group group) {
    Finding finding = group.finding();
    event(
        "finding",
        json -> {
          json.writeStringField("kind", finding.kind().word());
          json.writeNumberField("count", group.hosts().size());
          json.writeFieldName("hosts");
          JsonValues.write(json, group.hosts());
          json.writeStringField("play", group.play());
          json.writeStringField("task", group.task().name());
          json.writeStringField("module", group.task().module());
          field(json, "item", Optional.of(finding.item()).filter(text -> !text.isEmpty()));
          if (finding.difference().isPresent()) {
            Finding.Difference difference = finding.difference().get();
            json.writeStringField("what", difference.what());
            json.writeStringField("before", difference.before());
            json.writeStringField("after", difference.after());
          }
          field(json, "msg", Optional.of(finding.text()).filter(text -> !text.isEmpty()));
          remarks(json, finding.remarks());
          for (String name : group.values().byName().keySet()) {
            json.writeStringField(name, group.values().byName().get(name));
          }
          field(json, "source", group.task().source());
          field(json, "why", group.task().why());
          json.writeStringField("at", finding.at().toString());
        });
  }

  @Override
  public void runDone(Recap recap) {
    audit.ifPresent(found -> found.groups().forEach(this::finding));
    event(
        "recap",
        json -> {
          json.writeObjectFieldStart("hosts");
          for (var entry : recap.hosts().entrySet()) {
            json.writeObjectFieldStart(entry.getKey());
            write(json, entry.getValue());
            json.writeEndObject();
          }
          json.writeEndObject();
          if (!recap.stats().isEmpty()) {
            json.writeFieldName("stats");
            JsonValues.write(json, recap.stats());
          }
          json.writeNumberField("ms", recap.took().toMillis());
        });
  }

  private static void write(JsonGenerator json, Tally tally) throws IOException {
    json.writeNumberField("ok", tally.ok());
    json.writeNumberField("changed", tally.changed());
    json.writeNumberField("unreachable", tally.unreachable());
    json.writeNumberField("failed", tally.failed());
    json.writeNumberField("skipped", tally.skipped());
    json.writeNumberField("rescued", tally.rescued());
    json.writeNumberField("ignored", tally.ignored());
    json.writeNumberField("unsupported", tally.unsupported());
    json.writeNumberField("unverifiable", tally.unverifiable());
    json.writeNumberField("unknown", tally.unknown());
    json.writeNumberField("forgiven", tally.forgiven());
    json.writeNumberField("round_trips", tally.roundTrips());
  }
}
