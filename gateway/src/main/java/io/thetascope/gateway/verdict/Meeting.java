package io.thetascope.gateway.verdict;

import io.thetascope.contracts.identity.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Two runs held against each other.
 *
 * @param left one
 * @param right the other
 * @param value of the measure
 * @param absent why there is none
 */
public record Meeting(
        RunId left,
        RunId right,
        @Nullable Double value,
        @Nullable String absent) {}
