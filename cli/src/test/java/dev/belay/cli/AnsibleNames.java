package dev.belay.cli;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** All names of ansible-core 2.14, by kind, and what this program does when they are used. */
final class AnsibleNames {
  private static final Path FILE = Path.of("src/test/resources/ansible-names.txt");

  private final ImmutableMap<String, ImmutableSet<String>> byKind;
  private final Path folder;

  /** {@code folder} is for playbooks that try them. */
  AnsibleNames(Path folder) throws IOException {
    this.folder = folder;
    byKind =
        Files.readAllLines(FILE).stream()
            .filter(line -> !line.startsWith("#"))
            .collect(
                ImmutableMap.toImmutableMap(
                    line -> line.substring(0, line.indexOf(':')),
                    line ->
                        ImmutableSet.copyOf(
                            Splitter.on(' ')
                                .omitEmptyStrings()
                                .split(line.substring(line.indexOf(':') + 1)))));
  }

  ImmutableSet<String> of(String kind) {
    return byKind.get(kind);
  }

  /** Those variables that are there by themselves in a loop of a role. */
  ImmutableSet<String> magicVariables() throws IOException {
    Path tasks = folder.resolve("roles/r/tasks/main.yml");
    Files.createDirectories(tasks.getParent());
    String tries =
        of("magic").stream()
            .map(name -> "      - " + name + "={{ " + name + " is defined }}\n")
            .collect(Collectors.joining());
    Files.writeString(
        tasks,
        "- debug:\n    msg:\n"
            + tries
            + "  loop: [1]\n"
            + "  loop_control: {extended: true, index_var: i, label: ''}\n");
    String said = said("- hosts: all\n  gather_facts: false\n  roles: [r]\n");
    return those("magic", name -> said.contains(name + "=True"));
  }

  /** Those lookups that are not said to be unknown. */
  ImmutableSet<String> lookups() throws IOException {
    String tries =
        of("lookups").stream()
            .map(
                name ->
                    "    - {debug: {msg: \"{{ lookup('" + name + "') }}\"}, ignore_errors: true}\n")
            .collect(Collectors.joining());
    String said = said("- hosts: all\n  gather_facts: false\n  tasks:\n" + tries);
    return those("lookups", name -> !said.contains("no lookup '" + name + "'"));
  }

  /** Those strategies that are read. */
  ImmutableSet<String> strategies() throws IOException {
    ImmutableSet.Builder<String> read = ImmutableSet.builder();
    for (String name : of("strategy")) {
      if (code("- {hosts: all, strategy: " + name + "}\n", "--syntax-check") == 0) {
        read.add(name);
      }
    }
    return read.build();
  }

  /** Those special words that may stand behind {@code --tags}. */
  ImmutableSet<String> tags() throws IOException {
    ImmutableSet.Builder<String> read = ImmutableSet.builder();
    for (String name : of("tags")) {
      if (code("- {hosts: all, tasks: [{debug: }]}\n", "--list-tasks", "--tags", name) == 0) {
        read.add(name);
      }
    }
    return read.build();
  }

  private ImmutableSet<String> those(String kind, java.util.function.Predicate<String> works) {
    return of(kind).stream().filter(works).collect(ImmutableSet.toImmutableSet());
  }

  private String said(String playbook) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    run(playbook, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private int code(String playbook, String... more) throws IOException {
    return run(playbook, new ByteArrayOutputStream(), more);
  }

  private int run(String playbook, ByteArrayOutputStream out, String... more) throws IOException {
    Path file = folder.resolve("site.yml");
    Files.writeString(file, playbook);
    String[] args = new String[more.length + 6];
    System.arraycopy(
        new String[] {"run", file.toString(), "-i", "localhost,", "-c", "local"}, 0, args, 0, 6);
    System.arraycopy(more, 0, args, 6, more.length);
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return Main.run(args, Map.of("HOME", folder.toString()), stream, stream);
  }
}
