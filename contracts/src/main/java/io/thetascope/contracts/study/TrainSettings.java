package io.thetascope.contracts.study;

import org.jspecify.annotations.Nullable;

/**
 * How every run of a study trains.
 *
 * @param batch images a step
 * @param limit the first so many training images; absent for all
 * @param validation so many images at the end of the training set are held back
 * @param weightDecay λ of the coupled form
 * @param threads of the numerical library; part of a run's identity, since they decide the rounding
 */
public record TrainSettings(
        Integer batch, @Nullable Integer limit, Integer validation, Double weightDecay, Integer threads) {
    static final TrainSettings DEFAULT = new TrainSettings(128, null, 0, 0.0, 1);

    public TrainSettings {
        batch = batch == null ? 128 : batch;
        validation = validation == null ? 0 : validation;
        weightDecay = weightDecay == null ? 0.0 : weightDecay;
        threads = threads == null ? 1 : threads;
    }
}
