package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.vault.Vault;
import java.nio.file.Path;

/**
 * What the reading of playbooks goes by.
 *
 * @param rolesPath folders of roles, behind those beside the playbook
 * @param collectionsPath folders with {@code ansible_collections} inside, behind those beside the
 *     playbook
 * @param vault opens what is encrypted
 * @param extraVars of the command line: the names of imports may use them
 */
public record Sources(
    ModuleCatalog modules,
    ImmutableList<Path> rolesPath,
    ImmutableList<Path> collectionsPath,
    Vault vault,
    ImmutableMap<String, Object> extraVars) {

  /** Only what lies beside the playbook. */
  public static Sources of(ModuleCatalog modules) {
    return new Sources(
        modules, ImmutableList.of(), ImmutableList.of(), Vault.locked(), ImmutableMap.of());
  }

  /** The same, with other modules. */
  Sources with(ModuleCatalog others) {
    return new Sources(others, rolesPath, collectionsPath, vault, extraVars);
  }
}
