package dev.belay.custom;

/** How a program gets its arguments: Ansible's ways. */
enum Protocol {
  /** Not a script: its first argument is the path of a file with a JSON object. */
  BINARY,
  /** A script that says {@code WANT_JSON}: as {@link #BINARY}. */
  JSON_FILE,
  /** A script in whose text a mark is replaced by the JSON object. */
  JSON_INSIDE,
  /** Any other script: its first argument is the path of a file with {@code key=value} words. */
  WORDS
}
