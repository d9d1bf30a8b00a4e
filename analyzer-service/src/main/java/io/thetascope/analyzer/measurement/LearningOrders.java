package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.features.TensorUpload;
import io.thetascope.analyzer.records.AnalysisRecords;
import io.thetascope.analyzer.records.RunRecords;
import io.thetascope.analyzer.records.Whereabouts;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.OrderAgreementResult;
import io.thetascope.contracts.analysis.OrderResult;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.order.LearningOrder;
import io.thetascope.measures.order.OrderAgreement;
import io.thetascope.networks.NetworkDescription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** In which order runs learned, over all their checkpoints, and whether two agree. */
final class LearningOrders {
    private final RunRecords runs;
    private final AnalysisRecords analyses;
    private final FeaturesAt features;
    private final TensorUpload upload;

    LearningOrders(RunRecords runs, AnalysisRecords analyses, FeaturesAt features, TensorUpload upload) {
        this.runs = runs;
        this.analyses = analyses;
        this.features = features;
        this.upload = upload;
    }

    /** Measures one run. */
    Measurement order(AnalysisRequest request, ProbeSet probe, OpenInputs inputs, NetworkDescription network) {
        Side side = side(request, AnalysisInput.AT);
        LearningOrder measured = measure(side, probe, inputs, network);
        return new Measurement(
                measured.summary(),
                upload.of(request.id(), target -> OrderFile.write(target, request.id(), side.run(), measured)),
                inputs.read());
    }

    /** Compares two runs, by the orders that were measured of them, or measured now. */
    OrderAgreementResult agreement(
            AnalysisRequest request, ProbeSet probe, OpenInputs inputs, NetworkDescription network) {
        return OrderAgreement.measure(
                of(side(request, AnalysisInput.LEFT), probe, inputs, network),
                of(side(request, AnalysisInput.RIGHT), probe, inputs, network));
    }

    private OrderResult of(Side side, ProbeSet probe, OpenInputs inputs, NetworkDescription network) {
        Map<String, Whereabouts.Stored> places = new HashMap<>();
        side.steps().forEach(step -> places.put(side.alone(step).name(), inputs.place(side.name(step))));
        Optional<AnalysisCompleted> measured = analyses.find(side.order(probe), places);
        if (measured.isEmpty()) {
            return measure(side, probe, inputs, network).summary();
        }
        measured.get().read().forEach(r -> inputs.readThrough(side.name(r.step()), r.sha256()));
        return Json.read(Optional.ofNullable(measured.get().result()).orElseThrow(), OrderResult.class);
    }

    private LearningOrder measure(Side side, ProbeSet probe, OpenInputs inputs, NetworkDescription network) {
        try (Trajectory trajectory = new Trajectory()) {
            for (Step step : side.steps()) {
                trajectory.add(step, features.of(inputs, side.name(step), probe, network));
                inputs.release(side.name(step)); // one at a time: those of VGG19 have 558 MB each
            }
            return LearningOrder.measure(runs.spec(side.run()).schedule(), network.blocks(), trajectory);
        }
    }

    private Side side(AnalysisRequest request, String name) {
        List<AnalysisInput> of = request.inputs().stream()
                .filter(i -> i.name()
                        .equals(AnalysisInput.of(name, i.runId(), i.step()).name()))
                .toList();
        if (of.isEmpty()) {
            throw new NotMeasurableException(request.kind() + " reads checkpoints named " + name
                    + "-STEP, the request has none; ask again with one for every checkpoint of the run");
        }
        Side side = new Side(
                name, of.get(0).runId(), of.stream().map(AnalysisInput::step).toList());
        RunSpec spec = runs.spec(side.run());
        boolean alone = of.stream().allMatch(i -> i.runId().equals(side.run()));
        if (!alone || !side.steps().equals(spec.schedule().checkpointSteps())) {
            throw new NotMeasurableException("the order of learning is told over all checkpoints of one run, run "
                    + side.run() + " keeps those at steps "
                    + spec.schedule().checkpointSteps() + ", asked for are " + side.steps() + "; ask for all of them");
        }
        return side;
    }

    /**
     * A run within a request.
     *
     * @param side how its inputs are named
     * @param run whose checkpoints they are
     * @param steps of the checkpoints, ascending
     */
    private record Side(String side, RunId run, List<Step> steps) {
        String name(Step step) {
            return AnalysisInput.of(side, run, step).name();
        }

        AnalysisInput alone(Step step) {
            return AnalysisInput.of(AnalysisInput.AT, run, step);
        }

        AnalysisRequest order(ProbeSet probe) {
            AnalysisKind kind = AnalysisKind.ORDER;
            return new AnalysisRequest(
                    kind, kind.version(), steps.stream().map(this::alone).toList(), probe);
        }
    }
}
