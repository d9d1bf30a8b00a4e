package io.thetascope.contracts.run;

import io.thetascope.contracts.identity.Step;

/**
 * How a run stood after an epoch; epoch 0 is the starting point.
 *
 * @param epoch from 0
 * @param step optimizer steps done
 * @param train running means over the epoch; at epoch 0 an evaluation of the starting point
 * @param test evaluated after the epoch
 */
public record EpochFigures(int epoch, Step step, Figures train, Figures test) {}
