package dev.belay.cli;

import dev.belay.playbook.Meta;

/** What is told of a word to the engine. */
final class MetaText {
  private MetaText() {}

  static String of(String host, Meta.Word word, boolean holds) {
    return holds
        ? done(host, word)
        : word.text() + " conditional evaluated to False" + goesOn(host, word);
  }

  private static String done(String host, Meta.Word word) {
    return switch (word) {
      case FLUSH_HANDLERS -> "running handlers for " + host;
      case END_HOST -> "ending play for " + host;
      case END_PLAY -> "ending play";
      case END_BATCH -> "ending batch";
      case CLEAR_FACTS -> "facts of " + host + " are forgotten";
      case CLEAR_HOST_ERRORS -> "failures of hosts are forgotten";
      case RESET_CONNECTION -> "the connection to " + host + " is made anew";
      case REFRESH_INVENTORY -> "the inventory is read again";
      case NOOP -> "noop";
    };
  }

  private static String goesOn(String host, Meta.Word word) {
    return switch (word) {
      case END_HOST -> ", continuing execution for " + host;
      case END_PLAY -> ", continuing play";
      case END_BATCH -> ", continuing current batch";
      default -> "";
    };
  }
}
