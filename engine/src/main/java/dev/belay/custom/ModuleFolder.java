package dev.belay.custom;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.ModuleSpec;
import dev.belay.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a folder holds by way of modules: a program's name is that of its file without an ending.
 *
 * @param programs by the name of the module
 * @param modules of its jars
 * @param problems with its jars
 */
record ModuleFolder(
    ImmutableMap<String, Path> programs,
    ImmutableList<ModuleSpec> modules,
    ImmutableList<Problem> problems) {
  /** As in Ansible: these lie beside modules, and are none. */
  private static final ImmutableSet<String> OTHERS =
      ImmutableSet.of(
          "pyc", "pyo", "swp", "bak", "rpm", "md", "txt", "rst", "yaml", "yml", "ini", "json");

  /** Empty where there is no such folder. */
  static ModuleFolder read(Path folder) {
    ImmutableList<Path> files = files(folder);
    Map<String, Path> programs = new LinkedHashMap<>();
    files.stream()
        .filter(file -> isProgram(file.getFileName().toString()))
        .forEach(file -> programs.putIfAbsent(name(file), file));
    ImmutableList<ModuleJar.Read> jars =
        files.stream()
            .filter(file -> file.toString().endsWith(".jar"))
            .map(ModuleJar::read)
            .collect(toImmutableList());
    return new ModuleFolder(
        ImmutableMap.copyOf(programs),
        jars.stream().flatMap(jar -> jar.modules().stream()).collect(toImmutableList()),
        jars.stream().flatMap(jar -> jar.problems().stream()).collect(toImmutableList()));
  }

  /** In the order of their names, so that one without an ending comes first. */
  private static ImmutableList<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return ImmutableList.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().collect(toImmutableList());
    } catch (IOException e) {
      return ImmutableList.of();
    }
  }

  private static boolean isProgram(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1);
    return !file.startsWith(".")
        && !file.startsWith("_")
        && !file.endsWith("~")
        && !file.endsWith(".jar")
        && !(file.contains(".") && OTHERS.contains(ending));
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
  }
}
