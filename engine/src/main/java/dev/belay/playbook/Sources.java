package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the reading of playbooks goes by.
 *
 * @param rolesPath folders of roles, behind those beside the playbook
 * @param collectionsPath folders with {@code ansible_collections} inside, behind those beside the
 *     playbook
 * @param extraVars of the command line: the names of imports may use them
 */
public record Sources(
    ModuleCatalog modules,
    ImmutableList<Path> rolesPath,
    ImmutableList<Path> collectionsPath,
    ImmutableMap<String, Object> extraVars) {

  /** Only what lies beside the playbook. */
  public static Sources of(ModuleCatalog modules) {
    return new Sources(modules, ImmutableList.of(), ImmutableList.of(), ImmutableMap.of());
  }

  /** What the environment and the command line say. */
  public static Sources of(
      ModuleCatalog modules,
      Map<String, String> environment,
      Path folder,
      ImmutableMap<String, Object> extraVars) {
    return new Sources(
        modules,
        RolesPath.of(environment, folder),
        CollectionsPath.of(environment, folder),
        extraVars);
  }

  /** The same, with other modules. */
  Sources with(ModuleCatalog others) {
    return new Sources(others, rolesPath, collectionsPath, extraVars);
  }
}
