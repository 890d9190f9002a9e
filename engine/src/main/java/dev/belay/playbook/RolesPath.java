package dev.belay.playbook;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Map;

/** Folders of roles besides those beside a playbook, as {@code ANSIBLE_ROLES_PATH} names them. */
public final class RolesPath {
  private static final String VARIABLE = "ANSIBLE_ROLES_PATH";
  private static final ImmutableList<String> EVERYWHERE =
      ImmutableList.of("~/.ansible/roles", "/usr/share/ansible/roles", "/etc/ansible/roles");

  private RolesPath() {}

  /**
   * In the order in which they are searched.
   *
   * @param folder what relative ones start from
   */
  public static ImmutableList<Path> of(Map<String, String> environment, Path folder) {
    Iterable<String> names =
        environment.containsKey(VARIABLE)
            ? Splitter.on(':').omitEmptyStrings().split(environment.get(VARIABLE))
            : EVERYWHERE;
    ImmutableList.Builder<Path> path = ImmutableList.builder();
    for (String name : names) {
      String home = environment.getOrDefault("HOME", "/");
      path.add(folder.resolve(name.startsWith("~/") ? home + name.substring(1) : name));
    }
    return path.build();
  }
}
