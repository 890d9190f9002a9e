package dev.belay.value;

/**
 * Python's {@code None} and YAML's {@code null}, as a value: maps and lists of ours hold no Java
 * null.
 */
public enum None {
  NONE;

  @Override
  public String toString() {
    return "None";
  }
}
