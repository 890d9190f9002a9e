package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belay.module.ModuleSpec;
import dev.belay.modules.BuiltinModules;
import dev.belay.playbook.KeywordTable;
import dev.belay.template.Library;
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

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # What of Ansible's language works

            Made of the program's own tables; a test keeps it current. What does not work is an error with file, line and column before
            any host is contacted. Nothing is ignored silently.

            Not yet: includes and imports, other lookups than env, file, vars, items, list, dict and fileglob, serial and its kin, delegation, async, until, vault,
            inventory plugins but constructed, callback and connection plugins, custom modules. Refused for good: Python modules.

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
        .append("\n\n## Tests\n\n")
        .append(String.join(", ", Library.tests()))
        .append('\n');
    return page.toString();
  }
}
