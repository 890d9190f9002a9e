package dev.belay.value;

/** What Ansible's {@code omit} stands for: an argument with this value counts as not given. */
public enum Omit {
  OMIT
}
