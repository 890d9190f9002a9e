package dev.belay.module;

/**
 * An expression of the playbook and its value.
 *
 * @param text as the user wrote it
 */
public record Evaluated(String text, Object value) {}
