package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.belay.module.ModuleSpec;
import dev.belay.modules.BuiltinModules;
import dev.belay.playbook.KeywordTable;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.remote.Become;
import dev.belay.template.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The page that says what of Ansible's language works: all of Ansible's names, each with what the
 * program's own tables say of it, or what comes of it when it is tried. A kind that nobody can ask
 * for yet says so.
 */
final class CompatibilityPageTest {
  private static final Path PAGE = Path.of("../docs/ansible-compatibility.md");

  @TempDir Path folder;
  private final StringBuilder page = new StringBuilder();

  @Test
  void the_page_says_what_the_tables_say() throws IOException {
    write();
    if (Boolean.getBoolean("belay.update")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(page.toString(), Files.readString(PAGE));
  }

  private void write() throws IOException {
    AnsibleNames ansible = new AnsibleNames(folder);
    page.append(
        """
        # What of Ansible's language works

        All names of ansible-core 2.14, each with what the program itself says of it; a test keeps this page current. What does not
        work is an error with file, line and column before any host is contacted. Nothing is ignored silently. Refused for good:
        modules written in Python, and groups of modules in module_defaults. [Modules of your own](custom-modules.md) are programs or jars.

        A check differs from Ansible's in one thing: 'command' and 'shell' say 'would change', for a run would run them.

        """);
    for (KeywordTable table : KeywordTable.values()) {
      keywords(table);
    }
    names("Magic variables", ansible.of("magic"), ansible.magicVariables());
    names("Special tags", ansible.of("tags"), ansible.tags());
    names("Strategies", ansible.of("strategy"), ansible.strategies());
    names("Connections", ansible.of("connection"), ImmutableSet.of("local", "ssh"));
    names(
        "Ways to become",
        ansible.of("become"),
        Arrays.stream(Become.Method.values())
            .map(method -> method.name().toLowerCase(Locale.ROOT))
            .collect(ImmutableSet.toImmutableSet()));
    names("Lookups", ansible.of("lookups"), ansible.lookups());
    names("Filters", ansible.of("filters"), ImmutableSet.copyOf(Library.filters()));
    more("Jinja2's and more filters", ansible.of("filters"), Library.filters());
    names("Tests", ansible.of("tests"), ImmutableSet.copyOf(Library.tests()));
    more("Jinja2's and more tests", ansible.of("tests"), Library.tests());
    ImmutableSet<String> modules = new ModuleCatalog(BuiltinModules.all()).names();
    names("Modules of ansible.builtin", ansible.of("modules"), withImports(modules));
    modules();
    names("Flags of the command line", ansible.of("flags"), flags());
    unknown("Inventory plugins", ansible.of("inventory"));
    unknown("Keys of ansible.cfg", ansible.of("cfg"));
  }

  private void keywords(KeywordTable table) {
    Map<Boolean, String> words =
        table.known().keySet().stream()
            .filter(word -> !word.isEmpty())
            .collect(
                Collectors.partitioningBy(
                    word -> table.known().get(word),
                    Collectors.mapping(word -> "`" + word + "`", Collectors.joining(", "))));
    section("Keywords: " + table.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    statuses(words.get(true), words.get(false));
  }

  /** What stands in lists of tasks without being a module to us. */
  private static Set<String> withImports(Set<String> modules) {
    return Sets.union(
        modules, ImmutableSet.of("include", "import_tasks", "import_role", "import_playbook"));
  }

  private static ImmutableSet<String> flags() {
    World world = new World(Map.of(), System.out, System.err);
    CommandLine run = new CommandLine(new RunCommand(world));
    return ImmutableSet.<String>builder()
        .addAll(run.getCommandSpec().optionsMap().keySet())
        .build();
  }

  private void names(String title, Set<String> all, Set<String> known) {
    section(title);
    statuses(
        words(all.stream().filter(known::contains).toList()),
        words(all.stream().filter(name -> !known.contains(name)).toList()));
  }

  private void more(String title, Set<String> ansible, Iterable<String> known) {
    section(title);
    ImmutableSet.Builder<String> more = ImmutableSet.builder();
    known.forEach(
        name -> {
          if (!ansible.contains(name)) {
            more.add(name);
          }
        });
    page.append(words(more.build())).append("\n\n");
  }

  private void unknown(String title, Set<String> all) {
    section(title);
    page.append("No table says which of these work: ").append(words(all)).append("\n\n");
  }

  private void section(String title) {
    page.append("## ").append(title).append("\n\n");
  }

  private void statuses(String works, String later) {
    page.append("Works: ").append(works.isEmpty() ? "none" : works).append("\n\n");
    if (!later.isEmpty()) {
      page.append("Not yet: ").append(later).append("\n\n");
    }
  }

  private static String words(Iterable<String> names) {
    StringBuilder words = new StringBuilder();
    names.forEach(
        name -> words.append(words.isEmpty() ? "" : ", ").append('`').append(name).append('`'));
    return words.toString();
  }

  private void modules() {
    section("Modules, all");
    for (ModuleSpec module : BuiltinModules.all()) {
      page.append("- [`")
          .append(module.fullName())
          .append("`](modules/")
          .append(module.name())
          .append(".md): ")
          .append(module.summary())
          .append('\n');
    }
    page.append('\n');
  }
}
