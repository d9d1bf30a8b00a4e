package io.thetascope.contracts.analysis;

/**
 * How well a function classifies some images.
 *
 * @param loss mean cross-entropy, nats per image
 * @param accuracy share classified right, 0–1
 */
public record FunctionFigures(double loss, double accuracy) {}
