package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.features.StoredFeatures;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.comparison.Comparison;
import io.thetascope.measures.similarity.Similarity;
import io.thetascope.networks.NetworkDescription;

/** Two models against each other: their parameters, and on a probe set their features. */
final class Comparisons {
    private final Starts starts;
    private final FeaturesAt features;

    Comparisons(Starts starts, FeaturesAt features) {
        this.starts = starts;
        this.features = features;
    }

    /** Compares the left and the right of a request. */
    ComparisonResult measure(AnalysisRequest request, OpenInputs inputs, NetworkDescription network) {
        ComparisonResult weights = Comparison.measure(
                network,
                inputs.weights(AnalysisInput.LEFT, network),
                inputs.weights(AnalysisInput.RIGHT, network),
                inputs.findWeights(AnalysisInput.PERTURBED, network).orElse(null),
                inputs.findWeights(AnalysisInput.TWIN, network).orElse(null));
        if (request.probe() == null) {
            return weights;
        }
        boolean sameStart = starts.same(
                inputs.input(AnalysisInput.LEFT).runId(),
                inputs.input(AnalysisInput.RIGHT).runId());
        try (StoredFeatures left = features.of(inputs, AnalysisInput.LEFT, request.probe(), network);
                StoredFeatures right = features.of(inputs, AnalysisInput.RIGHT, request.probe(), network)) {
            long seed = request.probe().seed();
            return with(weights, left, right, sameStart, seed);
        }
    }

    private static ComparisonResult with(
            ComparisonResult weights, StoredFeatures left, StoredFeatures right, boolean sameStart, long seed) {
        try {
            return weights.with(Similarity.measure(left.features(), right.features(), left.labels(), sameStart, seed));
        } catch (NotMeasurableException e) {
            // a flip may end with dead units alone: how far it went is worth knowing all the same
            return weights.withoutFeatures(String.valueOf(e.getMessage()));
        }
    }
}
