package dev.belay.run;

import com.google.common.collect.ImmutableList;
import java.util.OptionalDouble;

/**
 * What a play says about failures and batches, as values.
 *
 * @param serial sizes of the batches; empty for all hosts at once
 * @param maxFailPercentage of a batch: where more fail, the play ends
 * @param forcesHandlers whether a host that failed still runs the handlers that it notified
 */
record PlayRules(
    ImmutableList<Object> serial, OptionalDouble maxFailPercentage, boolean forcesHandlers) {}
