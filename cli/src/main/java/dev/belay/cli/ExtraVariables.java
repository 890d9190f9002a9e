package dev.belay.cli;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.SourceMap;
import dev.belay.template.Template;
import dev.belay.vault.Vault;
import dev.belay.yaml.VarsFile;
import dev.belay.yaml.Yaml;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@code -e} gives: {@code name=value} words, YAML, JSON, or files. Later ones win. */
record ExtraVariables(World world, Vault vault, Problems problems) {

  ImmutableMap<String, Object> read(List<String> given) {
    Map<String, Object> all = new LinkedHashMap<>();
    given.forEach(each -> all.putAll(variables(each)));
    return ImmutableMap.copyOf(all);
  }

  private Map<String, Object> variables(String given) {
    String text = given.stripLeading();
    if (text.startsWith("@")) {
      return VarsFile.read(Path.of(world.home(text.substring(1))), vault, problems);
    } else if (text.startsWith("{") || text.startsWith("[")) {
      return Yaml.read("-e", given, vault, problems)
          .map(node -> VarsFile.variables(node, problems))
          .orElse(ImmutableMap.of());
    }
    return words(given);
  }

  private Map<String, Object> words(String given) {
    Map<String, Object> pairs = new LinkedHashMap<>();
    for (String word :
        Splitter.onPattern("\\s+(?=[A-Za-z_][A-Za-z0-9_]*=)").omitEmptyStrings().split(given)) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        problems.add(
            Position.of("-e " + given), "a variable is written name=value, as YAML, or as @FILE");
      } else {
        pairs.put(
            word.substring(0, equals),
            Template.of(
                unquoted(word.substring(equals + 1)), SourceMap.fixed(Position.of("-e " + given))));
      }
    }
    return pairs;
  }

  private static String unquoted(String value) {
    char first = value.isEmpty() ? ' ' : value.charAt(0);
    boolean quoted =
        value.length() > 1
            && (first == '"' || first == '\'')
            && value.charAt(value.length() - 1) == first
            && value.indexOf(first, 1) == value.length() - 1;
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
