package dev.belay.playbook;

import com.google.common.collect.ImmutableList;

/** A playbook file, read and checked. */
public record Playbook(String file, ImmutableList<Play> plays) {}
