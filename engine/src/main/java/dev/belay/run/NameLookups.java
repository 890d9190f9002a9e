package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.template.PythonRegex;
import dev.belay.template.PythonText;
import dev.belay.template.Scope;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Lookups that find names: of variables, and of hosts. */
final class NameLookups {
  private NameLookups() {}

  /** The variables whose names an expression finds something in. */
  static ImmutableList<Object> variables(List<Object> terms, Scope scope) {
    ImmutableSet.Builder<Object> names = ImmutableSet.builder();
    for (Object term : terms) {
      if (!(term instanceof String text)) {
        throw ValueLookups.wrong(
            "Invalid setting identifier, " + PythonText.repr(term) + " is not a string");
      }
      Pattern pattern = pattern(text);
      scope.names().stream().filter(name -> pattern.matcher(name).find()).forEach(names::add);
    }
    return names.build().asList();
  }

  private static Pattern pattern(String text) {
    try {
      return PythonRegex.compile(text, 0);
    } catch (IllegalArgumentException e) {
      throw ValueLookups.wrong(
          "Unable to use \"" + text + "\" as a search parameter: " + e.getMessage());
    }
  }

  /** The hosts that patterns choose. */
  static ImmutableList<Object> hosts(List<Object> terms, Scope scope) {
    Object groups =
        scope.find("groups").orElseThrow(() -> ValueLookups.wrong("there are no groups here"));
    Set<Object> chosen = new LinkedHashSet<>();
    for (Object term : terms) {
      for (String part : PythonText.str(term).split("[,:]", -1)) {
        String words = part.strip();
        Set<Object> found = found(words.replaceFirst("^[!&]", ""), (Map<?, ?>) groups);
        if (words.startsWith("!")) {
          chosen.removeAll(found);
        } else if (words.startsWith("&")) {
          chosen.retainAll(found);
        } else {
          chosen.addAll(found);
        }
      }
    }
    return ImmutableList.copyOf(chosen);
  }

  private static Set<Object> found(String pattern, Map<?, ?> groups) {
    Set<Object> found = new LinkedHashSet<>();
    Pattern name =
        pattern.startsWith("~") ? PythonRegex.compile(pattern.substring(1), 0) : glob(pattern);
    groups.forEach(
        (group, hosts) -> {
          boolean whole = name.matcher(group.toString()).matches();
          for (Object host : (List<?>) hosts) {
            if (whole || name.matcher(host.toString()).matches()) {
              found.add(host);
            }
          }
        });
    return found;
  }

  private static Pattern glob(String pattern) {
    StringBuilder expression = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      expression.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(expression.toString());
  }
}
