package dev.belay.value;

/**
 * A value that only exists once a task has acted, which a check does not let it do. Whatever
 * touches it is unknown too; it is never guessed.
 *
 * @param why one phrase, such as {@code "'build' was not run by this check"}
 */
public record Unknown(String why) {}
