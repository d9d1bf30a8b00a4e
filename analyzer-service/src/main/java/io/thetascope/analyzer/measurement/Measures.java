package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.features.FeatureMeasure;
import io.thetascope.analyzer.records.RunRecords;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.comparison.Comparison;
import io.thetascope.measures.movement.Movement;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import java.util.Set;
import java.util.stream.Collectors;

/** From a request and its open checkpoints to the numbers. */
final class Measures {
    private final RunRecords runs;
    private final FeatureMeasure features;

    Measures(RunRecords runs, FeatureMeasure features) {
        this.runs = runs;
        this.features = features;
    }

    /**
     * Refuses what this program cannot measure.
     *
     * @throws NotMeasurableException for a kind or version that is not known here
     */
    static void requireKnown(AnalysisRequest request) {
        if (request.kind() == AnalysisKind.UNKNOWN) {
            throw new NotMeasurableException(
                    "this analyzer does not know the kind of measure; deploy a newer one and ask again");
        }
        int known = request.kind().version();
        if (request.version() != known) {
            throw new NotMeasurableException("this analyzer measures version " + known + " of " + request.kind()
                    + ", asked for is " + request.version() + "; deploy the one that does and ask again");
        }
    }

    /**
     * Measures.
     *
     * @throws NotMeasurableException when what was read has no such measure
     */
    Measurement measure(AnalysisRequest request, OpenInputs inputs) {
        return switch (request.kind()) {
            case MOVEMENT -> movement(request, inputs);
            case FEATURES -> features(request, inputs);
            default -> comparison(request, inputs);
        };
    }

    private Measurement movement(AnalysisRequest request, OpenInputs inputs) {
        NetworkDescription network = network(request);
        return new Measurement(
                Movement.measure(
                        network,
                        step(request, AnalysisInput.FROM),
                        step(request, AnalysisInput.TO),
                        inputs.weights(AnalysisInput.START, network),
                        inputs.findWeights(AnalysisInput.BEFORE, network).orElse(null),
                        inputs.weights(AnalysisInput.FROM, network),
                        inputs.weights(AnalysisInput.TO, network),
                        inputs.evidence(network).orElse(null)),
                null);
    }

    private Measurement features(AnalysisRequest request, OpenInputs inputs) {
        if (request.probe() == null) {
            throw new NotMeasurableException("features are taken on a probe set, the request has none");
        }
        RunId run = request.inputs().get(0).runId();
        OpenCheckpoint checkpoint = inputs.get(AnalysisInput.AT);
        FeatureMeasure.Subject subject = new FeatureMeasure.Subject(
                request.id(), run, step(request, AnalysisInput.AT), runs.spec(run), network(request));
        FeatureMeasure.Taken taken = features.measure(subject, request.probe(), checkpoint.path(), checkpoint.header());
        return new Measurement(taken.summary(), taken.tensors());
    }

    private Measurement comparison(AnalysisRequest request, OpenInputs inputs) {
        NetworkDescription network = network(request);
        return new Measurement(
                Comparison.measure(
                        network,
                        inputs.weights(AnalysisInput.LEFT, network),
                        inputs.weights(AnalysisInput.RIGHT, network),
                        inputs.findWeights(AnalysisInput.PERTURBED, network).orElse(null),
                        inputs.findWeights(AnalysisInput.TWIN, network).orElse(null)),
                null);
    }

    private static Step step(AnalysisRequest request, String name) {
        return request.input(name)
                .map(AnalysisInput::step)
                .orElseThrow(() -> new NotMeasurableException(request.kind() + " reads a checkpoint named " + name
                        + ", the request has none; ask again with one"));
    }

    private NetworkDescription network(AnalysisRequest request) {
        Set<NetworkDescription> networks =
                request.runs().stream().map(runs::spec).map(Measures::described).collect(Collectors.toSet());
        if (networks.size() != 1) {
            throw new NotMeasurableException("weights of different networks are not compared: " + request.runs());
        }
        return networks.iterator().next();
    }

    private static NetworkDescription described(RunSpec spec) {
        try {
            return Networks.named(spec.network(), spec.input());
        } catch (IllegalArgumentException e) {
            throw new NotMeasurableException(e.getMessage() + "; deploy an analyzer that knows it and ask again");
        }
    }
}
