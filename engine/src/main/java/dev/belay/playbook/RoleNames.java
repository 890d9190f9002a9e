package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The variables by which the tasks of a role know their role. */
final class RoleNames {
  private static final String ROLE = "ansible_role_name";
  private static final String PATH = "role_path";

  private RoleNames() {}

  /** Of all roles of a play: those that it names itself, and those that they depend on. */
  static ImmutableMap<String, Object> ofPlay(
      ImmutableList<String> named, ImmutableList<String> dependencies) {
    return ImmutableMap.of(
        "role_names",
        named,
        "ansible_play_role_names",
        named,
        "ansible_dependent_role_names",
        dependencies,
        "ansible_role_names",
        Stream.concat(dependencies.stream(), named.stream())
            .distinct()
            .collect(ImmutableList.toImmutableList()));
  }

  /** Those of the roles that a role is imported or included in, the inner one first. */
  static ImmutableMap<String, Object> ofParents(Keywords outer) {
    ImmutableList<ImmutableMap<String, Object>> around =
        outer.vars().reverse().stream()
            .filter(layer -> layer.containsKey(ROLE) && layer.containsKey(PATH))
            .collect(ImmutableList.toImmutableList());
    return around.isEmpty()
        ? ImmutableMap.of()
        : ImmutableMap.of(
            "ansible_parent_role_names",
            around.stream().map(layer -> layer.get(ROLE)).collect(ImmutableList.toImmutableList()),
            "ansible_parent_role_paths",
            around.stream().map(layer -> layer.get(PATH)).collect(ImmutableList.toImmutableList()));
  }

  static ImmutableMap<String, Object> of(String name, Path folder) {
    ImmutableMap.Builder<String, Object> names = ImmutableMap.builder();
    boolean full = CollectionsPath.isFullName(name);
    names.put("role_name", full ? name.substring(name.lastIndexOf('.') + 1) : name);
    names.put(PATH, folder.toString());
    Optional<String> collection = CollectionsPath.around(folder);
    collection.ifPresent(each -> names.put("ansible_collection_name", each));
    names.put(ROLE, full ? name : collection.map(each -> each + "." + name).orElse(name));
    return names.buildOrThrow();
  }
}
