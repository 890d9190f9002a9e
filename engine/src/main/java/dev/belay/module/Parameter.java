package dev.belay.module;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * One parameter of a module: its names, what it takes, and its documentation.
 *
 * @param byDefault the value where none is given
 * @param choices the texts that are allowed; empty where all are
 * @param aliases other names for it
 * @param doc one or more sentences, with units
 */
public record Parameter(
    String name,
    Type type,
    boolean required,
    Optional<Object> byDefault,
    ImmutableList<String> choices,
    ImmutableList<String> aliases,
    String doc) {

  public static Parameter optional(String name, Type type, String doc) {
    return new Parameter(
        name, type, false, Optional.empty(), ImmutableList.of(), ImmutableList.of(), doc);
  }

  public static Parameter required(String name, Type type, String doc) {
    return new Parameter(
        name, type, true, Optional.empty(), ImmutableList.of(), ImmutableList.of(), doc);
  }

  public Parameter defaultsTo(Object value) {
    return new Parameter(name, type, required, Optional.of(value), choices, aliases, doc);
  }

  public Parameter oneOf(String... allowed) {
    return new Parameter(
        name, type, required, byDefault, ImmutableList.copyOf(allowed), aliases, doc);
  }

  public Parameter alias(String... others) {
    return new Parameter(
        name, type, required, byDefault, choices, ImmutableList.copyOf(others), doc);
  }

  /** Whether a playbook may call it so. */
  public boolean isCalled(String word) {
    return name.equals(word) || aliases.contains(word);
  }
}
