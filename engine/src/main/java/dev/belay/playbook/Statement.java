package dev.belay.playbook;

/** What stands in a list of tasks. */
public sealed interface Statement permits Task, Block {}
