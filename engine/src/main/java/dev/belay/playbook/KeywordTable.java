package dev.belay.playbook;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which of Ansible's keywords mean something here, for each place where they may stand. Reading is
 * checked against it and the compatibility page is made of it, so the two cannot drift apart.
 */
public enum KeywordTable {
  PLAY(
      "name hosts vars vars_files vars_prompt roles pre_tasks tasks post_tasks handlers gather_facts"
          + " become become_user become_method environment tags when check_mode ignore_errors"
          + " no_log run_once connection remote_user port strategy module_defaults any_errors_fatal diff"
          + " fact_path force_handlers gather_subset gather_timeout ignore_unreachable"
          + " max_fail_percentage collections order serial throttle timeout user become_exe become_flags",
      "debugger"),
  ROLE(
      "role name when tags vars environment become become_user become_method check_mode"
          + " ignore_errors no_log run_once module_defaults any_errors_fatal connection delegate_facts"
          + " delegate_to diff ignore_unreachable port remote_user throttle timeout become_exe"
          + " become_flags collections",
      "debugger"),
  BLOCK(
      "name block rescue always when tags vars environment become become_user"
          + " become_method check_mode ignore_errors no_log run_once module_defaults any_errors_fatal"
          + " connection delegate_facts delegate_to diff ignore_unreachable port remote_user"
          + " throttle timeout become_exe become_flags collections notify",
      "debugger"),
  IMPORT_PLAYBOOK("name when tags vars", ""),
  IMPORT(
      "name when tags vars environment become become_user become_method check_mode"
          + " ignore_errors no_log run_once module_defaults any_errors_fatal connection delegate_facts"
          + " delegate_to diff ignore_unreachable port remote_user throttle timeout become_exe"
          + " become_flags collections notify",
      "debugger loop loop_control register until" + " retries delay"),
  TASK(
      "name args when tags vars environment become become_user become_method check_mode"
          + " ignore_errors no_log run_once module_defaults loop with_items with_list with_flattened with_dict"
          + " with_indexed_items with_together with_nested with_cartesian with_subelements"
          + " with_sequence with_random_choice with_file with_fileglob with_first_found"
          + " with_lines with_env with_vars with_inventory_hostnames with_varnames with_ini with_csvfile with_pipe with_unvault with_password with_community.general.flattened loop_control register notify changed_when"
          + " failed_when until retries delay source why any_errors_fatal connection"
          + " delegate_facts delegate_to diff ignore_unreachable port remote_user throttle"
          + " timeout async poll become_exe become_flags collections action local_action",
      "debugger"),
  HANDLER(TASK.words(true) + " listen", TASK.words(false)),
  VARS_PROMPT("name prompt default private confirm unsafe", "encrypt salt salt_size"),
  LOOP_CONTROL("loop_var index_var label pause extended extended_allitems", "");

  private final ImmutableMap<String, Boolean> known;

  KeywordTable(String supported, String later) {
    ImmutableMap.Builder<String, Boolean> words = ImmutableMap.builder();
    for (String word : supported.split(" ", -1)) {
      words.put(word, true);
    }
    for (String word : later.split(" ", -1)) {
      words.put(word, false);
    }
    known = words.buildOrThrow();
  }

  private String words(boolean supported) {
    return String.join(
        " ",
        known.entrySet().stream()
            .filter(e -> e.getValue() == supported)
            .map(Map.Entry::getKey)
            .toList());
  }

  /** Whether it works here; empty for a word that Ansible does not know either. */
  public Optional<Boolean> isSupported(String word) {
    return Optional.ofNullable(known.get(word));
  }

  /** All keywords, and whether each works here. */
  public ImmutableMap<String, Boolean> known() {
    return known;
  }
}
