package io.thetascope.gateway.verdict;

/**
 * The value of one replicate.
 *
 * @param seed its seed, or those of a pair as {@code 1 : 2}
 * @param value of the measure
 */
public record Replicate(String seed, double value) {}
