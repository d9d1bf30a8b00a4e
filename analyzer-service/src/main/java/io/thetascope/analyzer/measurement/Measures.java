package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.features.FeatureMeasure;
import io.thetascope.analyzer.features.ProbeSets;
import io.thetascope.analyzer.features.TensorUpload;
import io.thetascope.analyzer.integrity.Audits;
import io.thetascope.analyzer.records.AnalysisRecords;
import io.thetascope.analyzer.records.RunRecords;
import io.thetascope.analyzer.records.Whereabouts;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.movement.Movement;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** From a request and where its checkpoints are to the numbers. */
final class Measures {
    private final RunRecords runs;
    private final Instruments instruments;
    private final FeatureMeasure features;
    private final Comparisons comparisons;
    private final RetrainingPaths paths;
    private final LearningOrders orders;
    private final LazinessPanel laziness;
    private final Alignments alignments;
    private final PerturbedFunctions perturbed;
    private final Barriers barriers;
    private final Audits audits;

    /**
     * Measures over what the store holds.
     *
     * @param runs what is known of runs
     * @param analyses what is measured already
     * @param instruments to measure with
     */
    Measures(RunRecords runs, AnalysisRecords analyses, Instruments instruments) {
        this.runs = runs;
        this.instruments = instruments;
        TensorUpload upload = new TensorUpload(instruments.store(), instruments.folder());
        ProbeSets probes = new ProbeSets(instruments.cache());
        this.features = new FeatureMeasure(upload, probes, instruments.model(), instruments.folder());
        FeaturesAt featuresAt = new FeaturesAt(runs, analyses, instruments.cache(), features);
        this.comparisons = new Comparisons(new Starts(runs), featuresAt);
        this.paths = new RetrainingPaths(runs);
        this.orders = new LearningOrders(runs, analyses, featuresAt, upload);
        this.laziness = new LazinessPanel(runs, probes, instruments.model(), instruments.folder());
        this.alignments = new Alignments(upload, instruments.heapBytes());
        this.perturbed = new PerturbedFunctions(runs, probes, instruments);
        this.barriers = new Barriers(runs, probes, instruments, alignments);
        this.audits = new Audits(instruments.store(), instruments.folder());
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
     * @param request what
     * @param places where its inputs are
     * @throws NotMeasurableException when what was read has no such measure
     */
    Measurement measure(AnalysisRequest request, Map<String, Whereabouts.Stored> places) {
        if (request.kind() == AnalysisKind.INTEGRITY) {
            return integrity(request);
        }
        NetworkDescription network = network(request);
        try (OpenInputs inputs = new OpenInputs(request, places, instruments.cache())) {
            return switch (request.kind()) {
                case MOVEMENT -> measured(movement(inputs, network), inputs);
                case FEATURES -> features(request, inputs, network);
                case ORDER -> orders.order(request, probe(request), inputs, network);
                case ORDER_AGREEMENT -> measured(orders.agreement(request, probe(request), inputs, network), inputs);
                case LAZINESS -> measured(laziness.measure(inputs, probe(request), network), inputs);
                case ALIGNMENT -> alignments.measure(request, inputs, network);
                case PERTURBATION, TWIN, EFFECT, NULL, PAIR ->
                    measured(comparisons.measure(request, inputs, network), inputs);
                case PATH -> measured(paths.measure(request, inputs, network), inputs);
                case SYMMETRY -> measured(perturbed.measure(inputs, probe(request), network), inputs);
                case BARRIER -> measured(barriers.measure(inputs, probe(request), network), inputs);
                case INTEGRITY, UNKNOWN -> throw new IllegalArgumentException("measured elsewhere: " + request.kind());
            };
        }
    }

    private static Measurement measured(Object result, OpenInputs inputs) {
        return new Measurement(result, null, inputs.read());
    }

    private static MovementResult movement(OpenInputs inputs, NetworkDescription network) {
        return Movement.measure(
                network,
                inputs.input(AnalysisInput.FROM).step(),
                inputs.input(AnalysisInput.TO).step(),
                inputs.weights(AnalysisInput.START, network),
                inputs.findWeights(AnalysisInput.BEFORE, network).orElse(null),
                inputs.weights(AnalysisInput.FROM, network),
                inputs.weights(AnalysisInput.TO, network),
                inputs.evidence(network).orElse(null));
    }

    private Measurement features(AnalysisRequest request, OpenInputs inputs, NetworkDescription network) {
        AnalysisInput at = inputs.input(AnalysisInput.AT);
        OpenCheckpoint checkpoint = inputs.get(AnalysisInput.AT);
        FeatureMeasure.Subject subject =
                new FeatureMeasure.Subject(request.id(), at.runId(), at.step(), runs.spec(at.runId()), network);
        FeatureMeasure.Taken taken = features.measure(subject, probe(request), checkpoint.path(), checkpoint.header());
        return new Measurement(taken.summary(), taken.tensors(), inputs.read());
    }

    private Measurement integrity(AnalysisRequest request) {
        if (request.runs().size() != 1) {
            throw new NotMeasurableException(
                    "an audit is that of one run, asked for are " + request.runs() + "; ask again for each");
        }
        RunId run = request.runs().iterator().next();
        Audits.Audited audited = audits.audit(runs.spec(run), runs.resultAnew(run), network(request));
        return new Measurement(audited.result(), null, audited.read());
    }

    private static ProbeSet probe(AnalysisRequest request) {
        if (request.probe() == null) {
            throw new NotMeasurableException(
                    request.kind() + " is measured on a probe set, the request has none; ask again with one");
        }
        return request.probe();
    }

    private NetworkDescription network(AnalysisRequest request) {
        Set<NetworkDescription> networks =
                request.runs().stream().map(runs::spec).map(Measures::described).collect(Collectors.toSet());
        if (networks.size() != 1) {
            throw new NotMeasurableException("models of different networks are not compared, asked for are "
                    + request.runs() + "; ask for two runs of one network");
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
