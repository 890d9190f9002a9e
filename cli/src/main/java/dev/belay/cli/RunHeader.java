package dev.belay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.hash.Hashing;
import dev.belay.inventory.Host;
import dev.belay.inventory.Inventory;
import dev.belay.inventory.Shard;
import dev.belay.playbook.Playbook;
import dev.belay.run.RunOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a report is of: shards are joined only where all of this is the same.
 *
 * @param command run, check, audit or adhoc
 * @param mode whether it acted
 * @param playbooks as they were named; none for {@code adhoc}
 * @param limit as it was given
 * @param shard empty where the run had all hosts
 * @param inventory what tells one set of hosts from another; empty without a shard
 */
record RunHeader(
    String command,
    RunOptions.Mode mode,
    ImmutableList<String> playbooks,
    Optional<String> limit,
    ImmutableSet<String> tags,
    ImmutableSet<String> skipTags,
    Optional<Shard> shard,
    Optional<String> inventory) {
  private static final int DIGEST_LENGTH = 12;

  static RunHeader of(String command, Job job, Optional<String> limit) {
    RunOptions options = job.options();
    Optional<Shard> shard = options.control().shard();
    return new RunHeader(
        command,
        options.mode(),
        command.equals("adhoc")
            ? ImmutableList.of()
            : job.playbooks().stream().map(Playbook::file).collect(ImmutableList.toImmutableList()),
        limit,
        options.tags(),
        options.skipTags(),
        shard,
        shard.map(part -> digest(job.inventory())));
  }

  /** The names of all hosts, in any order. */
  private static String digest(Inventory inventory) {
    String names =
        inventory.hosts().stream().map(Host::name).sorted().collect(Collectors.joining("\n"));
    return Hashing.sha256().hashString(names, UTF_8).toString().substring(0, DIGEST_LENGTH);
  }

  /** The same of all shards together. */
  RunHeader whole() {
    return new RunHeader(
        command, mode, playbooks, limit, tags, skipTags, Optional.empty(), Optional.empty());
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStringField("command", command);
    json.writeBooleanField("check", mode == RunOptions.Mode.CHECK);
    list(json, "playbooks", playbooks);
    if (limit.isPresent()) {
      json.writeStringField("limit", limit.get());
    }
    list(json, "tags", tags);
    list(json, "skip_tags", skipTags);
    if (shard.isPresent()) {
      json.writeNumberField("shard", shard.get().index());
      json.writeNumberField("shards", shard.get().count());
    }
    if (inventory.isPresent()) {
      json.writeStringField("inventory", inventory.get());
    }
  }

  private static void list(JsonGenerator json, String name, Iterable<String> texts)
      throws IOException {
    json.writeFieldName(name);
    JsonValues.write(json, texts);
  }
}
