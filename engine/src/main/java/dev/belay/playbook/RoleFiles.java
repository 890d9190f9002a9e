package dev.belay.playbook;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a role's parts, with the endings that they may have. */
final class RoleFiles {
  private static final String MAIN = "main";
  private static final ImmutableList<String> ENDINGS = ImmutableList.of(".yml", ".yaml", ".json");

  private RoleFiles() {}

  /** The file of tasks, handlers or metadata. */
  static Optional<Path> tasks(Path part, String name) {
    return places(part, name).filter(Files::isRegularFile).findFirst();
  }

  /**
   * The files of variables. Where there is a folder of that name, all files in it count, in the
   * order of their names.
   */
  static ImmutableList<Path> variables(Path part, String name) {
    return places(part, name)
        .filter(Files::exists)
        .findFirst()
        .map(found -> Files.isDirectory(found) ? inside(found) : ImmutableList.of(found))
        .orElse(ImmutableList.of());
  }

  /** The name alone comes last where nobody said it. */
  private static Stream<Path> places(Path part, String name) {
    Stream<String> names = ENDINGS.stream().map(ending -> name + ending);
    return (name.equals(MAIN)
            ? Stream.concat(names, Stream.of(name))
            : Stream.concat(Stream.of(name), names))
        .map(part::resolve);
  }

  private static ImmutableList<Path> inside(Path folder) {
    List<Path> members;
    try (Stream<Path> listed = Files.list(folder)) {
      members = listed.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return members.stream()
        .filter(member -> !member.getFileName().toString().matches("\\..*|.*~"))
        .flatMap(member -> Files.isDirectory(member) ? inside(member).stream() : Stream.of(member))
        .filter(
            file ->
                ENDINGS.stream().anyMatch(ending -> file.getFileName().toString().endsWith(ending)))
        .collect(toImmutableList());
  }
}
