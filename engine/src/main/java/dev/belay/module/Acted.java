package dev.belay.module;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/**
 * What came of an action.
 *
 * @param values the results, under the names that {@code register} users know
 * @param failure why it failed, one sentence; empty where it did not
 */
public record Acted(ImmutableMap<String, Object> values, Optional<String> failure) {}
