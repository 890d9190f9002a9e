package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Sets;
import dev.belay.module.ModuleSpec;
import dev.belay.modules.BuiltinModules;
import dev.belay.playbook.KeywordTable;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.remote.Become;
import dev.belay.run.RefusedLookups;
import dev.belay.template.Library;
import dev.belay.template.Refused;
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

        Encrypted values and files are opened with the passwords that `--vault-id` and its kin name. What was in them, in answers to private
        prompts and in passwords is shown nowhere, on the console no more than in reports: `********` stands in its place. In a file of
        variables that is encrypted as a whole that goes for every text and number of four characters and more.

        Expressions and templates were compared with ansible-core 2.14 (jinja2_native) and Jinja2 3.1 over 5,547 expressions of Ansible's own tests, of which 5,539
        are equal, and over 38,000 generated ones. What differs, and why:

        - Every value has its native type, as with jinja2_native, but text stays text, as without it, unless it looks like a list or dictionary or says True
          or False: `"1.20"` is no number ([ADR 33](adr/0033-what-a-template-makes.md)). None alone in braces is an empty text. Bytes, sets and complex
          numbers are no values here: `'x'.encode()` is the text.
        - Names that begin and end with two underscores are no attributes (`true.__class__` and three like it), but for `__len__`. Filters and tests of plugins
          written in Python are not there (four cases). Integers stay integers however large (`2**63-1` is one, and not a text).
        - A list or dictionary changes in place (`append`, `update`) only where the template itself has made it: a variable's value is never changed.
        - `when` and `that` may hold templates, whose values stay data: in quotes text, elsewhere a literal or a name. What is registered, a fact or a loop's item is never read as another expression or template, not even
          as a bare `when: result.stdout`, where it counts as true when it is not empty.
        - `random` and `shuffle` with a seed are the same each time, and not the choices of Python's generator.
        - Limits: 5,000,000 steps an evaluation, texts of 10,000,000 characters, lists of 1,000,000 members, values 200 deep, brackets 60 deep, 500 operators in
          a chain, numbers of 4,300 digits, 40,000,000 characters that regular expressions look at. Beyond them the task fails with a sentence.
        - `extends`, `block`, `autoescape`, and the statements of Jinja's extensions (`do`, `break`, `continue`) are refused.
        - A backslash between `{{` and `}}` of a playbook's value is itself, as in Ansible; in `when`, in `{% %}` and in template files it begins an escape.

        A check skips 'command' and 'shell', as Ansible's does; beyond Ansible, what hangs on them is unknown: values that they would register, and handlers
        that they notify.

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
    reasons(RefusedLookups.ALL);
    names("Filters", ansible.of("filters"), ImmutableSet.copyOf(Library.filters()));
    reasons(Refused.FILTERS);
    more("Jinja2's and more filters", ansible.of("filters"), Library.filters());
    names("Tests", ansible.of("tests"), ImmutableSet.copyOf(Library.tests()));
    more("Jinja2's and more tests", ansible.of("tests"), Library.tests());
    ImmutableSet<String> modules = new ModuleCatalog(BuiltinModules.all()).names();
    names("Modules of ansible.builtin", ansible.of("modules"), withImports(modules));
    modules();
    names("Flags of the command line", ansible.of("flags"), flags());
    unknown("Inventory plugins", ansible.of("inventory"));
    settings();
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

  /** Why what is refused for good is. */
  private void reasons(ImmutableMap<String, String> reasons) {
    ImmutableSortedMap.copyOf(reasons)
        .forEach(
            (name, why) -> page.append("- `").append(name).append("` ").append(why).append(".\n"));
    page.append('\n');
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

  private void settings() {
    page.append(
        """
        ## Settings

        Of `ansible.cfg`, found as Ansible finds it, and of variables of the environment, which win over it. A setting with another value than those
        that work is an error; one that means nothing here is told once.

        | setting | variable | works | |
        | --- | --- | --- | --- |
        """);
    for (ConfigKey key : ConfigKey.values()) {
      page.append("| `[").append(key.section()).append("] ").append(key.key()).append("` | ");
      page.append(key.variable().map(name -> "`" + name + "`").orElse(""));
      page.append(key.isRefused() ? " | as it is by default | " : " | yes | ");
      page.append(key.doc()).append(" |\n");
    }
    page.append("\nWithout meaning:\n\n");
    ConfigKey.withoutMeaning()
        .forEach(
            (section, keys) ->
                page.append("- `[")
                    .append(section)
                    .append("]`")
                    .append(keys.isEmpty() ? "" : ": ")
                    .append(String.join(", ", keys))
                    .append('\n'));
    page.append('\n');
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
