package dev.belay.playbook;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.ModuleSpec;
import dev.belay.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words of a task that is written on one line: {@code file: path=/x state=absent}, or {@code
 * command: ls creates=/x}.
 *
 * <p>It is split before anything is templated, so the value of a variable can never add a parameter
 * or end one.
 *
 * @param parameters what the words give
 * @param variable what stands in place of words: a template of all of them
 * @param problem what is wrong with them
 */
record KeyValues(
    ImmutableMap<String, Node> parameters, Optional<Node> variable, Optional<String> problem) {
  /** What their line is, is a command, and only a few words of it are not. */
  private static final ImmutableSet<String> COMMANDS =
      ImmutableSet.of("command", "shell", "raw", "script");

  /** These, and no others, may stand behind a command; everything else is the command's own. */
  private static final ImmutableSet<String> BESIDE_FREE_FORM =
      ImmutableSet.of(
          "creates",
          "removes",
          "chdir",
          "executable",
          "warn",
          "stdin",
          "stdin_add_newline",
          "strip_empty_ends");

  static KeyValues read(ModuleSpec module, Node.Scalar text) {
    List<LineWords.Word> words = LineWords.split(text.text());
    return module.freeForm().isPresent()
        ? freeForm(module, text, words)
        : pairs(module, text, words);
  }

  private static boolean isBeside(ModuleSpec module, String key) {
    return COMMANDS.contains(module.name())
        ? BESIDE_FREE_FORM.contains(key)
        : module.parameter(key).isPresent();
  }

  private static KeyValues freeForm(
      ModuleSpec module, Node.Scalar text, List<LineWords.Word> words) {
    Map<String, Node> parameters = new LinkedHashMap<>();
    PlacedText.Builder rest = new PlacedText.Builder();
    for (LineWords.Word word : words) {
      if (isBeside(module, word.key())) {
        parameters.put(word.key(), word.valueIn(text));
      } else {
        PlacedText free = word.free();
        rest.add(rest.isAtLineStart() ? "" : " ", free.start()).add(free);
      }
    }
    PlacedText command = rest.build();
    if (parameters.isEmpty() && !COMMANDS.contains(module.name())) {
      parameters.put(module.freeForm().get(), text);
    } else if (!command.text().isBlank()) {
      parameters.put(module.freeForm().get(), command.in(text));
    }
    return new KeyValues(ImmutableMap.copyOf(parameters), Optional.empty(), Optional.empty());
  }

  private static KeyValues pairs(ModuleSpec module, Node.Scalar text, List<LineWords.Word> words) {
    Map<String, Node> parameters = new LinkedHashMap<>();
    Optional<Node> variable = Optional.empty();
    Set<String> strangers = new java.util.LinkedHashSet<>();
    for (LineWords.Word word : words) {
      String alone = word.value().text();
      if (word.key().isEmpty() && alone.startsWith("{{") && variable.isEmpty()) {
        variable = Optional.of(word.valueIn(text));
      } else if (word.key().isEmpty()) {
        strangers.add(alone);
      } else {
        parameters.put(word.key(), word.valueIn(text));
      }
    }
    Optional<String> problem =
        strangers.isEmpty()
            ? Optional.empty()
            : Optional.of(
                "'"
                    + module.name()
                    + "' takes key=value words, not '"
                    + String.join(" ", strangers)
                    + "'");
    return new KeyValues(ImmutableMap.copyOf(parameters), variable, problem);
  }
}
