package dev.belay.playbook;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Folders of collections: {@code ansible_collections/NAMESPACE/NAME} in one of them holds roles and
 * playbooks that are called {@code namespace.name.role}.
 */
public final class CollectionsPath {
  private static final ImmutableList<String> VARIABLES =
      ImmutableList.of("ANSIBLE_COLLECTIONS_PATH", "ANSIBLE_COLLECTIONS_PATHS");
  private static final String EVERYWHERE = "~/.ansible/collections:/usr/share/ansible/collections";
  private static final String INSIDE = "ansible_collections";
  private static final Pattern FULL_NAME =
      Pattern.compile("([a-z_][a-z0-9_]*)\\.([a-z_][a-z0-9_]*)\\.(\\w+(?:\\.\\w+)*)");

  private final ImmutableList<Path> folders;

  /** Those beside the playbook come first. */
  CollectionsPath(Path playbook, ImmutableList<Path> more) {
    folders =
        ImmutableList.<Path>builder().add(playbook.resolve("collections")).addAll(more).build();
  }

  /**
   * In the order in which they are searched, as the environment says.
   *
   * @param folder what relative ones start from
   */
  public static ImmutableList<Path> of(Map<String, String> environment, Path folder) {
    String home = environment.getOrDefault("HOME", "/");
    String paths =
        VARIABLES.stream()
            .flatMap(name -> Stream.ofNullable(environment.get(name)))
            .findFirst()
            .orElse(EVERYWHERE);
    return Splitter.on(':')
        .omitEmptyStrings()
        .splitToStream(paths)
        .map(name -> folder.resolve(name.startsWith("~/") ? home + name.substring(1) : name))
        .collect(ImmutableList.toImmutableList());
  }

  static boolean isFullName(String name) {
    return FULL_NAME.matcher(name).matches();
  }

  /** A role of that full name. */
  Optional<Path> role(String name) {
    Matcher parts = FULL_NAME.matcher(name);
    return parts.matches()
        ? find(parts.group(1) + "." + parts.group(2), "roles/" + parts.group(3).replace('.', '/'))
        : Optional.empty();
  }

  /** A playbook of that full name. */
  Optional<Path> playbook(String name) {
    Matcher parts = FULL_NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String collection = parts.group(1) + "." + parts.group(2);
    String inside = "playbooks/" + parts.group(3).replace('.', '/');
    return Stream.of(".yml", ".yaml", "")
        .flatMap(ending -> find(collection, inside + ending).stream())
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private Optional<Path> find(String collection, String inside) {
    return folders.stream()
        .map(
            folder ->
                (folder.endsWith(INSIDE) ? folder : folder.resolve(INSIDE))
                    .resolve(collection.replace('.', '/'))
                    .resolve(inside))
        .filter(Files::exists)
        .findFirst();
  }

  /** The collection that a file or folder is in. */
  static Optional<String> around(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    for (int i = whole.getNameCount() - 4; i >= 0; i--) {
      if (whole.getName(i).toString().equals(INSIDE)) {
        return Optional.of(whole.getName(i + 1) + "." + whole.getName(i + 2));
      }
    }
    return Optional.empty();
  }
}
