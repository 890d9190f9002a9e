package dev.belay.inventory;

/** Stands in until the inventory is merged. */
public record Inventory() {}
