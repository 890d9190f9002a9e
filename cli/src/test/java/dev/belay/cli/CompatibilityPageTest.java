package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belay.module.ModuleSpec;
import dev.belay.modules.BuiltinModules;
import dev.belay.playbook.EngineModules;
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

  private static void settings(StringBuilder page) {
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

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # What of Ansible's language works

            Made of the program's own tables; a test keeps it current. What does not work is an error with file, line and column before
            any host is contacted. Nothing is ignored silently.

            Not yet: serial and its kin, delegation, async, dynamic inventories, callback and connection plugins, custom modules. Refused for good: Python
            modules.

            Encrypted values and files are opened with the passwords that `--vault-id` and its kin name. What was in them, in answers to private
            prompts and in passwords is shown nowhere, on the console no more than in reports: `********` stands in its place. In a file of
            variables that is encrypted as a whole that goes for every text and number of four characters and more.

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
    settings(page);
    page.append("## Modules\n\n");
    for (ModuleSpec module : EngineModules.all()) {
      page.append("- `")
          .append(module.fullName())
          .append("`: ")
          .append(module.summary())
          .append('\n');
    }
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
