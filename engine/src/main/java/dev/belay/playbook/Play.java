package dev.belay.playbook;

/** Stands in. */
public record Play() {}
