package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import dev.belay.module.ModuleSpec;
import dev.belay.modules.BuiltinModules;
import dev.belay.playbook.KeywordTable;
import dev.belay.run.Lookups;
import dev.belay.run.RefusedLookups;
import dev.belay.template.Library;
import dev.belay.template.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The page that says what of Ansible's language works is made of the tables that reading is checked
 * against.
 */
final class CompatibilityPageTest {
  private static final Path PAGE = Path.of("../docs/ansible-compatibility.md");

  @Test
  void the_page_says_what_the_tables_say() throws IOException {
    if (Boolean.getBoolean("belay.update")) {
      Files.writeString(PAGE, page());
    }
    assertEquals(page(), Files.readString(PAGE));
  }

  private static String refused(String kind, ImmutableMap<String, String> reasons) {
    StringBuilder lines = new StringBuilder();
    ImmutableSortedMap.copyOf(reasons)
        .forEach(
            (name, why) ->
                lines
                    .append("- The ")
                    .append(kind)
                    .append(" `")
                    .append(name)
                    .append("`: ")
                    .append(why)
                    .append(".\n"));
    return lines.toString();
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # What of Ansible's language works

            Made of the program's own tables; a test keeps it current. What does not work is an error with file, line and column before
            any host is contacted. Nothing is ignored silently.

            Not yet: serial and its kin, delegation, async, until, vault,
            dynamic inventories, callback and connection plugins, custom modules. Refused for good: Python modules.

            Expressions and templates were compared with ansible-core 2.14 (jinja2_native) and Jinja2 3.1 over 5,547 expressions of Ansible's own tests, of which 5,538
            are equal, and over 38,000 generated ones. What differs, and why:

            - Every value has its native type; a text that reads as a Python literal becomes one, as with jinja2_native. Bytes, sets and complex numbers are no
              values here: `'x'.encode()` is the text, and what reads as one of them stays text.
            - Names that begin and end with two underscores are no attributes (`true.__class__` and three like it), but for `__len__`. Filters and tests of plugins
              written in Python are not there (four cases). Integers stay integers however large (`2**63-1` is one, and not a text).
            - A list or dictionary changes in place (`append`, `update`) only where the template itself has made it: a variable's value is never changed.
            - `when` and `that` take an expression alone. What is registered, a fact or a loop's item is never read as another expression or template, not even
              as a bare `when: result.stdout`, where it counts as true when it is not empty.
            - `random` and `shuffle` with a seed are the same each time, and not the choices of Python's generator.
            - Limits: 5,000,000 steps an evaluation, texts of 10,000,000 characters, lists of 1,000,000 members, values 200 deep, brackets 60 deep, 500 operators in
              a chain, numbers of 4,300 digits, 40,000,000 characters that regular expressions look at. Beyond them the task fails with a sentence.
            - `extends`, `block`, `autoescape`, and the statements of Jinja's extensions (`do`, `break`, `continue`) are refused.
            - A backslash between `{{` and `}}` of a playbook's value is itself, as in Ansible; in `when`, in `{% %}` and in template files it begins an escape.

            A check differs from Ansible's in one thing: 'command' and 'shell' say 'would change', for a run would run them.

            """);
    for (KeywordTable table : KeywordTable.values()) {
      page.append("## Keywords: ")
          .append(table.name().toLowerCase(Locale.ROOT).replace('_', ' '))
          .append("\n\n| keyword | works |\n| --- | --- |\n");
      table
          .known()
          .forEach(
              (word, works) ->
                  page.append("| `")
                      .append(word)
                      .append("` | ")
                      .append(works ? "yes" : "not yet")
                      .append(" |\n"));
      page.append('\n');
    }
    page.append("## Modules\n\n");
    for (ModuleSpec module : BuiltinModules.all()) {
      page.append("- [`")
          .append(module.fullName())
          .append("`](modules/")
          .append(module.name())
          .append(".md): ")
          .append(module.summary())
          .append('\n');
    }
    page.append("\n## Filters\n\n")
        .append(String.join(", ", Library.filters()))
        .append("\n\n")
        .append(refused("filter", Refused.FILTERS))
        .append("\n## Tests\n\n")
        .append(String.join(", ", Library.tests()))
        .append("\n\n## Lookups\n\n")
        .append(String.join(", ", Lookups.NAMES))
        .append("\n\n")
        .append(refused("lookup", RefusedLookups.ALL));
    return page.toString();
  }
}
