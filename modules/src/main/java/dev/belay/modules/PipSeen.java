package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.FileText;
import dev.belay.shell.Output;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What pip says of the packages that are there.
 *
 * @param lacksEnvironment whether the virtual environment has still to be made
 * @param managed whether the distribution forbids changes (PEP 668)
 * @param failure why the list could not be had
 */
record PipSeen(
    boolean hasPip,
    boolean lacksEnvironment,
    boolean managed,
    Optional<String> failure,
    ImmutableMap<String, String> versions,
    FileText file) {

  static final int NO_PIP = 3;
  static final int NO_ENVIRONMENT = 4;

  static final String MANAGED =
      "this Python is managed by its distribution (PEP 668): use 'virtualenv', or break_system_packages: true at your own risk";

  static PipSeen of(Output output) {
    Map<String, String> versions = new HashMap<>();
    for (String line : output.lines()) {
      int equals = line.indexOf("==");
      if (equals > 0) {
        versions.put(
            PythonRequirement.canonical(line.substring(0, equals)),
            line.substring(equals + 2).strip());
      }
    }
    boolean failed =
        output.status() != 0 && output.status() != NO_PIP && output.status() != NO_ENVIRONMENT;
    return new PipSeen(
        output.status() != NO_PIP && output.status() != NO_ENVIRONMENT,
        output.status() == NO_ENVIRONMENT,
        output.lines().contains("X|"),
        failed
            ? Optional.of("pip cannot list its packages: " + output.err().strip())
            : Optional.empty(),
        ImmutableMap.copyOf(versions),
        new FileText.Absent());
  }

  PipSeen withFile(FileText text) {
    return new PipSeen(hasPip, lacksEnvironment, managed, failure, versions, text);
  }

  Optional<String> version(String name) {
    return Optional.ofNullable(versions.get(name));
  }

  Optional<String> fileTrouble(Optional<String> path) {
    if (path.isPresent() && file instanceof FileText.Absent) {
      return Optional.of("there is no file " + path.get());
    }
    return file instanceof FileText.Unreadable unreadable
        ? Optional.of(path.orElse("") + " cannot be read: " + unreadable.why())
        : Optional.empty();
  }

  /** The requirements of the file, where it holds nothing but names and versions. */
  Optional<ImmutableList<PythonRequirement>> lines() {
    ImmutableList.Builder<PythonRequirement> all = ImmutableList.builder();
    for (String line : Output.lines(file.ifPresent().orElse(""))) {
      String bare = line.replaceFirst("(^|\\s)#.*", "").strip();
      if (bare.isEmpty()) {
        continue;
      }
      PythonRequirement requirement = PythonRequirement.of(bare);
      if (!requirement.isPlain()) {
        return Optional.empty();
      }
      all.add(requirement);
    }
    return Optional.of(all.build());
  }
}
