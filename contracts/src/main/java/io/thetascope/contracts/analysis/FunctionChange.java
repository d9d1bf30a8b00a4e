package io.thetascope.contracts.analysis;

import org.jspecify.annotations.Nullable;

/**
 * What a perturbation did to the function before any retraining, on the probe images, and what the symmetries of the network said
 * that it would do (MEASURES §5).
 *
 * @param measured of θp
 * @param predicted of the network that the symmetries say θp to be; absent where they say nothing
 * @param featureChange ‖h(θp) − h(θ1)‖ / ‖h(θ1)‖ over images and penultimate units
 * @param predictedFeatureChange the same of the predicted network
 * @param logitChange ‖f(θp) − f(θ1)‖ / ‖f(θ1)‖ over images and classes
 * @param predictedLogitChange the same of the predicted network
 * @param agreement share of the images to which θp and θ1 give the same class
 * @param predictionError ‖f(θp) − f(predicted)‖ / ‖f(θp)‖: rounding, where the prediction holds
 */
public record FunctionChange(
        FunctionFigures measured,
        @Nullable FunctionFigures predicted,
        double featureChange,
        @Nullable Double predictedFeatureChange,
        double logitChange,
        @Nullable Double predictedLogitChange,
        double agreement,
        @Nullable Double predictionError) {}
