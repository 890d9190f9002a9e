package dev.belay.modules;

import java.util.regex.Pattern;

/**
 * A kernel parameter's name. As {@code sysctl} has it, dots and slashes change places where a slash
 * comes first, so that {@code net/ipv4/conf/eth0.100/rp_filter} can be said.
 *
 * @param path below {@code /proc/sys}
 */
record SysctlKey(String name, String path) {
  private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9_-]+([./][A-Za-z0-9_*:@-]+)+");

  static SysctlKey of(String name) {
    if (!GRAMMAR.matcher(name).matches() || name.contains("..")) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name of a kernel parameter; write it as vm.swappiness");
    }
    int slash = name.indexOf('/');
    boolean slashes = slash >= 0 && (name.indexOf('.') < 0 || slash < name.indexOf('.'));
    StringBuilder path = new StringBuilder();
    for (char c : name.toCharArray()) {
      path.append(slashes || c != '.' && c != '/' ? c : c == '.' ? '/' : '.');
    }
    return new SysctlKey(name, path.toString());
  }

  String file() {
    return "/proc/sys/" + path;
  }

  /** Whether a line of a settings file sets it. */
  boolean isSetBy(String key) {
    String bare = key.startsWith("-") ? key.substring(1).strip() : key;
    return GRAMMAR.matcher(bare).matches() && of(bare).path.equals(path);
  }

  /** A regular expression of grep's that finds its lines and perhaps others. */
  String grep() {
    return "^[[:space:]]*-\\{0,1\\}"
        + path.replaceAll("[./]", "[./]").replace("*", "[*]")
        + "[[:space:]]*=";
  }
}
