package dev.belay.modules;

import com.google.common.collect.ImmutableSet;
import java.util.regex.Pattern;

/**
 * A kernel parameter's name. As {@code sysctl} has it, dots and slashes change places where a slash
 * comes first, so that {@code net/ipv4/conf/eth0.100/rp_filter} can be said.
 *
 * @param path below {@code /proc/sys}; of a line in a file it may be a pattern
 */
record SysctlKey(String name, String path) {
  private static final Pattern GRAMMAR =
      Pattern.compile("[A-Za-z0-9_-]+([./][A-Za-z0-9_*?\\[\\]!:@-]+)+");

  /**
   * Parameters that each container has for itself; a container with the host's network or IPC has
   * the host's.
   */
  private static final Pattern OF_NAMESPACE =
      Pattern.compile(
          "net/.*|user/.*|fs/mqueue/.*|kernel/(hostname|domainname|msg.*|sem|sem_next_id|shm.*|auto_msgmni)");

  /** What the kernel and its drivers have below /proc/sys. */
  private static final ImmutableSet<String> TREES =
      ImmutableSet.of(
          "abi", "crypto", "debug", "dev", "fs", "fscache", "kernel", "lnet", "net", "sunrpc",
          "user", "vm", "xen");

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

  /**
   * One parameter and no pattern.
   *
   * @throws IllegalArgumentException where it is none
   */
  static SysctlKey one(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name cannot be blank");
    }
    SysctlKey key = of(name);
    if (key.isPattern()) {
      throw new IllegalArgumentException(
          "'" + name + "' is a pattern; name each parameter, as in a loop over them");
    }
    return key;
  }

  /** Whether there may be a kernel that has it: the parts of /proc/sys are few, and known. */
  boolean isOfAnyKernel() {
    return TREES.contains(first());
  }

  private String first() {
    return path.substring(0, path.indexOf('/'));
  }

  /** The part of /proc/sys that it would be in. */
  String tree() {
    return "/proc/sys/" + first();
  }

  String file() {
    return "/proc/sys/" + path;
  }

  boolean isPattern() {
    return path.matches(".*[*?\\[].*");
  }

  /** Whether it is a container's own, and not the whole kernel's. */
  boolean isOfNamespace() {
    return OF_NAMESPACE.matcher(path).matches();
  }

  /** Whether a line of a settings file sets it, and by its name. */
  boolean isSetBy(String key) {
    return inFile(key).path.equals(path);
  }

  /** Whether a line of a settings file sets it, and by a pattern. */
  boolean isMatchedBy(String key) {
    SysctlKey pattern = inFile(key);
    String expression =
        pattern
            .path
            .replaceAll("([.+^$(){}|\\\\])", "\\\\$1")
            .replace("*", "[^/]*")
            .replace("?", "[^/]")
            .replace("[!", "[^");
    return pattern.isPattern() && balanced(pattern.path) && path.matches(expression);
  }

  private static boolean balanced(String pattern) {
    return pattern.replaceAll("\\[[^\\[\\]]+]", "").indexOf('[') < 0 && !pattern.contains("[]");
  }

  private static SysctlKey inFile(String key) {
    String bare = key.startsWith("-") ? key.substring(1).strip() : key;
    return GRAMMAR.matcher(bare).matches() && !bare.contains("..")
        ? of(bare)
        : new SysctlKey("", "");
  }

  /** A regular expression of grep's that finds its lines, those of patterns, and perhaps others. */
  String grep() {
    return "^[[:space:]]*-\\{0,1\\}[[:space:]]*\\("
        + path.replaceAll("[./]", "[./]")
        + "\\|[^#;=]*[*?[][^=]*\\)[[:space:]]*\\(=\\|$\\)";
  }
}
