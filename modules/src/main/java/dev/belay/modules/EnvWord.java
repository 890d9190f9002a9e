package dev.belay.modules;

import dev.belay.shell.Sh;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word in which {@code $NAME} and {@code ${NAME}} are variables of the host's environment, where
 * these are set, and a {@code ~} at the beginning is somebody's home; nothing else is the shell's.
 */
record EnvWord(String word) {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:([A-Za-z_][A-Za-z0-9_]*)|[{]([A-Za-z_][A-Za-z0-9_]*)[}])");
  private static final Pattern HOME = Pattern.compile("~[A-Za-z0-9_.-]*(?=/|$)");

  Sh sh() {
    Matcher home = HOME.matcher(word);
    if (!home.lookingAt()) {
      return withVariables(word);
    }
    // A name of letters, digits and these signs is nothing but a name to the shell.
    Sh name = Sh.of(home.group());
    String rest = word.substring(home.end());
    // Quotes right behind it, even of nothing, would make it a plain sign.
    return rest.isEmpty() ? name : Sh.of("{}/{}", name, withVariables(rest.substring(1)));
  }

  private static Sh withVariables(String text) {
    Matcher variable = VARIABLE.matcher(text);
    Sh word = Sh.of("");
    int from = 0;
    while (variable.find()) {
      String name = variable.group(1) == null ? variable.group(2) : variable.group(1);
      // What is not set stays as it is written.
      word =
          Sh.of(
              "{}{}\"${{}-{}}\"",
              word,
              plain(text.substring(from, variable.start())),
              Sh.of(name),
              Sh.of(variable.group().replace("$", "\\$").replace("}", "\\}")));
      from = variable.end();
    }
    String rest = text.substring(from);
    return from == 0 ? Sh.of("{}", rest) : Sh.of("{}{}", word, plain(rest));
  }

  private static Sh plain(String text) {
    return text.isEmpty() ? Sh.of("") : Sh.of("{}", text);
  }
}
