package dev.belay.playbook;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Optional;

/** The variables by which the tasks of a role know their role. */
final class RoleNames {
  private RoleNames() {}

  static ImmutableMap<String, Object> of(String name, Path folder) {
    ImmutableMap.Builder<String, Object> names = ImmutableMap.builder();
    boolean full = CollectionsPath.isFullName(name);
    names.put("role_name", full ? name.substring(name.lastIndexOf('.') + 1) : name);
    names.put("role_path", folder.toString());
    Optional<String> collection = CollectionsPath.around(folder);
    collection.ifPresent(each -> names.put("ansible_collection_name", each));
    names.put(
        "ansible_role_name", full ? name : collection.map(each -> each + "." + name).orElse(name));
    return names.buildOrThrow();
  }
}
