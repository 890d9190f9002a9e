package dev.belay.cli;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Optional;

/**
 * The settings of {@code ansible.cfg} and of the environment that mean something here, under
 * Ansible's names. Reading is checked against it and the compatibility page is made of it.
 */
enum ConfigKey {
  INVENTORY("defaults", "inventory", "ANSIBLE_INVENTORY", "Where -i is not given."),
  ROLES_PATH(
      "defaults", "roles_path", "ANSIBLE_ROLES_PATH", "Behind the folders beside a playbook."),
  LIBRARY(
      "defaults",
      "library",
      "ANSIBLE_LIBRARY",
      "Folders of a user's modules, behind those beside a playbook and in roles."),
  REMOTE_USER("defaults", "remote_user", "ANSIBLE_REMOTE_USER", "As -u."),
  REMOTE_PORT("defaults", "remote_port", "ANSIBLE_REMOTE_PORT", "Where nothing else says."),
  PRIVATE_KEY_FILE("defaults", "private_key_file", "ANSIBLE_PRIVATE_KEY_FILE", "As --private-key."),
  TRANSPORT("defaults", "transport", "ANSIBLE_TRANSPORT", "As -c: ssh, smart, paramiko or local."),
  FORKS("defaults", "forks", "ANSIBLE_FORKS", "As -f; 50 where it is not set."),
  TIMEOUT("defaults", "timeout", "ANSIBLE_TIMEOUT", "As -T; 15 s where it is not set."),
  HOST_KEY_CHECKING(
      "defaults",
      "host_key_checking",
      "ANSIBLE_HOST_KEY_CHECKING",
      "False takes and keeps new keys; changed ones are refused all the same."),
  ASK_PASS("defaults", "ask_pass", "ANSIBLE_ASK_PASS", "As -k."),
  CONNECTION_PASSWORD_FILE(
      "defaults",
      "connection_password_file",
      "ANSIBLE_CONNECTION_PASSWORD_FILE",
      "As --connection-password-file."),
  ASK_VAULT_PASS("defaults", "ask_vault_pass", "ANSIBLE_ASK_VAULT_PASS", "As --ask-vault-pass."),
  VAULT_PASSWORD_FILE(
      "defaults",
      "vault_password_file",
      "ANSIBLE_VAULT_PASSWORD_FILE",
      "Behind those of the command line."),
  VAULT_IDENTITY_LIST(
      "defaults",
      "vault_identity_list",
      "ANSIBLE_VAULT_IDENTITY_LIST",
      "Before those of the command line."),
  VAULT_IDENTITY(
      "defaults",
      "vault_identity",
      "ANSIBLE_VAULT_IDENTITY",
      "The label of passwords that have none; default where it is not set."),
  GATHERING(
      "defaults",
      "gathering",
      "ANSIBLE_GATHERING",
      "Whether each play gathers facts: implicit unless it says no, explicit where it says yes, smart once a host.",
      "implicit|explicit|smart"),
  ANSIBLE_MANAGED("defaults", "ansible_managed", "", "What templates have under that name."),
  BECOME("privilege_escalation", "become", "ANSIBLE_BECOME", "As -b."),
  BECOME_METHOD(
      "privilege_escalation",
      "become_method",
      "ANSIBLE_BECOME_METHOD",
      "As --become-method: sudo or su.",
      "sudo|su"),
  BECOME_USER("privilege_escalation", "become_user", "ANSIBLE_BECOME_USER", "As --become-user."),
  BECOME_ASK_PASS("privilege_escalation", "become_ask_pass", "ANSIBLE_BECOME_ASK_PASS", "As -K."),
  BECOME_PASSWORD_FILE(
      "defaults",
      "become_password_file",
      "ANSIBLE_BECOME_PASSWORD_FILE",
      "As --become-password-file."),
  SSH_ARGS(
      "ssh_connection",
      "ssh_args",
      "ANSIBLE_SSH_ARGS",
      "ProxyJump, UserKnownHostsFile and StrictHostKeyChecking have a meaning."),
  SSH_COMMON_ARGS(
      "ssh_connection", "ssh_common_args", "ANSIBLE_SSH_COMMON_ARGS", "As --ssh-common-args."),
  SSH_EXTRA_ARGS(
      "ssh_connection", "ssh_extra_args", "ANSIBLE_SSH_EXTRA_ARGS", "As --ssh-extra-args."),
  DIFF_ALWAYS("diff", "always", "ANSIBLE_DIFF_ALWAYS", "As --diff."),
  FORCE_HANDLERS("defaults", "force_handlers", "ANSIBLE_FORCE_HANDLERS", "As --force-handlers."),
  TAGS_RUN("tags", "run", "ANSIBLE_RUN_TAGS", "As --tags."),
  TAGS_SKIP("tags", "skip", "ANSIBLE_SKIP_TAGS", "As --skip-tags."),
  STRATEGY(
      "defaults",
      "strategy",
      "ANSIBLE_STRATEGY",
      "Whether hosts keep step, where a play does not say. What mitogen's strategies add is done anyway.",
      "(ansible\\.builtin\\.)?(linear|free|host_pinned)|mitogen_(linear|free|host_pinned)"),

  ANY_ERRORS_FATAL(
      "defaults", "any_errors_fatal", "ANSIBLE_ANY_ERRORS_FATAL", "Say it in plays.", Words.NO),
  NO_LOG("defaults", "no_log", "ANSIBLE_NO_LOG", "Say it in plays.", Words.NO),
  HASH_BEHAVIOUR(
      "defaults",
      "hash_behaviour",
      "ANSIBLE_HASH_BEHAVIOUR",
      "Merging would change what every playbook means; use the filter 'combine'.",
      "replace"),
  TASK_TIMEOUT("defaults", "task_timeout", "ANSIBLE_TASK_TIMEOUT", "Say it in tasks.", "0"),
  ERROR_ON_UNDEFINED_VARS(
      "defaults",
      "error_on_undefined_vars",
      "ANSIBLE_ERROR_ON_UNDEFINED_VARS",
      "An undefined variable is always an error; use the filter 'default'.",
      Words.YES),
  INJECT_FACTS_AS_VARS(
      "defaults",
      "inject_facts_as_vars",
      "ANSIBLE_INJECT_FACT_VARS",
      "Facts are variables of their own too.",
      Words.YES),
  PRIVATE_ROLE_VARS(
      "defaults",
      "private_role_vars",
      "ANSIBLE_PRIVATE_ROLE_VARS",
      "Variables of roles are the play's too.",
      Words.NO),
  JINJA2_EXTENSIONS(
      "defaults",
      "jinja2_extensions",
      "ANSIBLE_JINJA2_EXTENSIONS",
      "There are none.",
      "(jinja2\\.ext\\.do)?"),
  PLAYBOOK_VARS_ROOT(
      "defaults",
      "playbook_vars_root",
      "ANSIBLE_PLAYBOOK_VARS_ROOT",
      "group_vars and host_vars are beside the playbook.",
      "top"),
  PRECEDENCE(
      "defaults",
      "precedence",
      "ANSIBLE_PRECEDENCE",
      "The order of variables is Ansible's own.",
      ""),
  VAULT_ID_MATCH(
      "defaults",
      "vault_id_match",
      "ANSIBLE_VAULT_ID_MATCH",
      "All passwords are tried, the one with the label first.",
      Words.NO);

  /** Words for true and false, as patterns. */
  private static final class Words {
    static final String YES = "(?i)true|yes|on|y|t|1|1\\.0";
    static final String NO = "(?i)false|no|off|n|f|0|0\\.0|";
  }

  /**
   * Keys that mean nothing here, by their sections: plugins and Python, of which there are none,
   * and looks.
   */
  private static final ImmutableMap<String, ImmutableSet<String>> WITHOUT_MEANING =
      ImmutableMap.<String, ImmutableSet<String>>builder()
          .put(
              "defaults",
              words(
                  "action_plugins action_warnings allow_unsafe_lookups become_plugins bin_ansible_callbacks"
                      + " cache_plugins callback_plugins callback_whitelist callbacks_enabled cliconf_plugins"
                      + " collections_on_ansible_version_mismatch collections_path collections_paths"
                      + " collections_scan_sys_path command_warnings connection_plugins cow_selection cow_whitelist"
                      + " cowpath cowsay_enabled_stencils debug deprecation_warnings devel_warning"
                      + " display_args_to_stdout display_failed_stderr display_ok_hosts display_skipped_hosts"
                      + " doc_fragment_plugins docsite_root_url duplicate_dict_key enable_task_debugger"
                      + " error_on_missing_handler executable fact_caching fact_caching_connection"
                      + " fact_caching_prefix fact_caching_timeout fact_path facts_modules filter_plugins"
                      + " force_color force_valid_group_names gather_subset gather_timeout home httpapi_plugins"
                      + " internal_poll_interval interpreter_python invalid_task_attribute_failed"
                      + " inventory_ignore_extensions inventory_ignore_patterns inventory_plugins jinja2_native"
                      + " jinja2_native_warning keep_remote_files local_tmp localhost_warning log_filter"
                      + " log_path lookup_plugins max_diff_size module_args module_compression module_ignore_exts"
                      + " module_lang module_name module_set_locale module_utils netconf_plugins"
                      + " network_group_modules no_target_syslog nocolor nocows null_representation"
                      + " old_plugin_cache_clear pipelining playbook_dir plugin_filters_cfg poll_interval"
                      + " python_module_rlimit_nofile remote_tmp retry_files_enabled retry_files_save_path"
                      + " run_vars_plugins scp_if_ssh show_custom_stats show_task_path_on_failure stdout_callback"
                      + " strategy_plugins string_conversion_action su syslog_facility system_tmpdirs"
                      + " system_warnings task_debugger_ignore_errors terminal_plugins test_plugins"
                      + " use_persistent_connections validate_action_group_metadata vars_plugins"
                      + " vars_plugins_enabled vault_encrypt_identity verbose_to_stderr verbosity"
                      + " win_async_startup_timeout yaml_valid_extensions"))
          .put(
              "privilege_escalation",
              words("agnostic_become_prompt become_allow_same_user become_exe become_flags"))
          .put(
              "ssh_connection",
              words(
                  "control_path control_path_dir host_key_checking pipelining pkcs11_provider retries scp_executable"
                      + " scp_extra_args scp_if_ssh sftp_batch_mode sftp_executable sftp_extra_args ssh_executable"
                      + " sshpass_prompt timeout transfer_method usetty"))
          .put("connection", words("pipelining retries"))
          .put("diff", words("context"))
          .put("jinja2", words("dont_type_filters"))
          .buildOrThrow();

  /** Sections of tools and plugins that there are none of. */
  private static final ImmutableSet<String> SECTIONS_WITHOUT_MEANING =
      words(
          "accelerate colors galaxy inventory netconf_connection paramiko_connection persistent_connection selinux"
              + " winrm");

  private final String section;
  private final String key;
  private final String variable;
  private final String doc;
  private final Optional<String> only;

  ConfigKey(String section, String key, String variable, String doc) {
    this(section, key, variable, doc, Optional.empty());
  }

  ConfigKey(String section, String key, String variable, String doc, String only) {
    this(section, key, variable, doc, Optional.of(only));
  }

  ConfigKey(String section, String key, String variable, String doc, Optional<String> only) {
    this.section = section;
    this.key = key;
    this.variable = variable;
    this.doc = doc;
    this.only = only;
  }

  private static ImmutableSet<String> words(String words) {
    return ImmutableSet.copyOf(Splitter.on(' ').split(words));
  }

  String section() {
    return section;
  }

  String key() {
    return key;
  }

  /** The variable of the environment, which wins over the file; empty where there is none. */
  Optional<String> variable() {
    return variable.isEmpty() ? Optional.empty() : Optional.of(variable);
  }

  /** One sentence for the documentation, and for whoever set something else. */
  String doc() {
    return doc;
  }

  /** Whether a value is one that means here what it means to Ansible. */
  boolean takes(String value) {
    return only.map(value::matches).orElse(true);
  }

  /** Whether all that can be set is that nothing changes. */
  boolean isRefused() {
    return ordinal() >= ANY_ERRORS_FATAL.ordinal();
  }

  static Optional<ConfigKey> find(String section, String key) {
    return Arrays.stream(values())
        .filter(each -> each.section.equals(section) && each.key.equals(key))
        .findFirst();
  }

  /** Whether Ansible knows the key and nothing here does. */
  static boolean isWithoutMeaning(String section, String key) {
    return isPlugin(section)
        || WITHOUT_MEANING.getOrDefault(section, ImmutableSet.of()).contains(key);
  }

  private static boolean isPlugin(String section) {
    return SECTIONS_WITHOUT_MEANING.contains(section)
        || section.startsWith("callback_")
        || section.startsWith("inventory_plugin_")
        || section.endsWith("_become_plugin");
  }

  /** All keys of a section that Ansible knows. */
  static ImmutableList<String> keysOf(String section) {
    ImmutableList.Builder<String> keys = ImmutableList.builder();
    Arrays.stream(values())
        .filter(each -> each.section.equals(section))
        .forEach(each -> keys.add(each.key));
    return keys.addAll(WITHOUT_MEANING.getOrDefault(section, ImmutableSet.of())).build();
  }

  /** Keys that mean nothing here, by their sections; and whole sections, without keys. */
  static ImmutableMap<String, ImmutableSet<String>> withoutMeaning() {
    ImmutableMap.Builder<String, ImmutableSet<String>> all = ImmutableMap.builder();
    all.putAll(WITHOUT_MEANING);
    SECTIONS_WITHOUT_MEANING.forEach(section -> all.put(section, ImmutableSet.of()));
    return all.buildOrThrow();
  }
}
