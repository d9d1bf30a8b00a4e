package io.thetascope.gateway.verdict;

/**
 * A checkpoint of which both are known.
 *
 * @param trainLoss mean over the epoch that it ends, nats
 * @param meanCorrelation mean ρ of the penultimate features
 */
public record Moment(double trainLoss, double meanCorrelation) {}
