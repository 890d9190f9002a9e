package dev.belay.playbook;

/**
 * What {@code with_items} loops over: a list whose members that are lists themselves count with
 * each of their own.
 *
 * @param raw with templates
 */
public record ItemsToFlatten(Object raw) {}
