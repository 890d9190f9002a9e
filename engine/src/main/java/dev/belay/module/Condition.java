package dev.belay.module;

/**
 * An expression of the playbook and whether it holds.
 *
 * @param text as the user wrote it
 */
public record Condition(String text, boolean holds) {}
