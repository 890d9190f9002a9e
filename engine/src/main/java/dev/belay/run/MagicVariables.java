package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.inventory.Host;
import dev.belay.inventory.Inventory;
import dev.belay.playbook.Play;
import dev.belay.value.Omit;

/** The variables that are there by themselves, under Ansible's names. */
final class MagicVariables {
  /** Whether the run is a check, whatever a task says of itself. */
  static final String CHECK_MODE = "ansible_check_mode";

  /** No part of this program: playbooks run scripts of the control side with it. */
  private static final String PYTHON = "/usr/bin/python3";

  /** Whose language is spoken here, for files that ask. */
  private static final ImmutableMap<String, Object> LANGUAGE =
      ImmutableMap.of(
          "full", "2.14.18", "string", "2.14.18", "major", 2L, "minor", 14L, "revision", 18L);

  private final Inventory inventory;
  private final ImmutableMap<String, Object> shared;

  MagicVariables(
      Inventory inventory,
      Play play,
      String name,
      ImmutableList<String> hosts,
      RunOptions options) {
    this.inventory = inventory;
    ImmutableMap.Builder<String, Object> given = ImmutableMap.builder();
    options.limit().ifPresent(limit -> given.put("ansible_limit", limit));
    shared =
        given
            .put("ansible_play_name", name)
            .putAll(play.roleNames())
            .put("groups", groups(inventory))
            .put("ansible_play_hosts_all", hosts)
            .put("playbook_dir", play.folder().toString())
            .put(CHECK_MODE, options.mode() == RunOptions.Mode.CHECK)
            .put("ansible_run_tags", ImmutableList.copyOf(options.tags()))
            .put("ansible_skip_tags", ImmutableList.copyOf(options.skipTags()))
            .put("ansible_inventory_sources", options.control().inventories())
            .put("ansible_forks", (long) options.forks())
            .put("ansible_verbosity", options.control().told().verbosity())
            .put("ansible_diff_mode", options.control().told().diff())
            .put("ansible_playbook_python", PYTHON)
            .put("ansible_version", LANGUAGE)
            .put("omit", Omit.OMIT)
            .buildOrThrow();
  }

  private static ImmutableMap<String, Object> groups(Inventory inventory) {
    ImmutableMap.Builder<String, Object> groups = ImmutableMap.builder();
    inventory.groups().forEach(group -> groups.put(group.name(), inventory.hostsOf(group.name())));
    return groups.buildOrThrow();
  }

  ImmutableMap<String, Object> of(String host) {
    return ImmutableMap.<String, Object>builder()
        .putAll(shared)
        .put("inventory_hostname", host)
        .put("inventory_hostname_short", Host.shortName(host))
        .put("group_names", inventory.groupsOf(host))
        .buildOrThrow();
  }
}
