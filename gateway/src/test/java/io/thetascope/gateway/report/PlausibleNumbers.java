package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.AlignmentResult;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.Attribution;
import io.thetascope.contracts.analysis.ChangeMeasures;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.analysis.FeatureSimilarity;
import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.analysis.GroupMovement;
import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.analysis.LayerMovement;
import io.thetascope.contracts.analysis.LazinessResult;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.analysis.NetOfNull;
import io.thetascope.contracts.analysis.OrderAgreementResult;
import io.thetascope.contracts.analysis.OrderResult;
import io.thetascope.contracts.analysis.Triangle;
import io.thetascope.contracts.analysis.WithinClassCorrelation;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Figures;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers like those of real runs, from formulas alone, so that a report of them can be looked at. */
final class PlausibleNumbers {
    private static final List<String> THRESHOLDS =
            List.of("0", "1e-8", "1e-7", "1e-6", "1e-5", "1e-4", "1e-3", "1e-2", "1e-1");

    private PlausibleNumbers() {}

    static List<EpochFigures> epochs(PlannedRun run) {
        double pace = adam(run) ? 0.55 : 0.28;
        double from = retrained(run) ? (flipped(run) ? 0.09 : 0.80) : 0.1;
        List<EpochFigures> epochs = new ArrayList<>();
        for (int epoch = 0; epoch <= run.spec().epochs(); epoch++) {
            double test = 0.835 + tilt(run) - (0.835 - from) * Math.exp(-pace * epoch) + 0.004 * Math.sin(epoch * 2.1);
            double train = Math.min(1, test + 0.006 * epoch);
            epochs.add(new EpochFigures(
                    epoch,
                    new Step((long) epoch * run.spec().schedule().stepsPerEpoch()),
                    new Figures(2.3 * (1 - train) + 0.05, train),
                    new Figures(2.3 * (1 - test) + 0.05, test)));
        }
        return epochs;
    }

    static MovementResult movement(PlannedRun run, AnalysisRequest request) {
        Step from = request.input("from").orElseThrow().step();
        Step to = request.input("to").orElseThrow().step();
        double scale = (adam(run) ? 6.1 : 3.4) * (flipped(run) ? 1.3 : retrained(run) ? 0.6 : 1);
        double start = retrained(run) ? 23.1 : 21.6 + tilt(run) * 10;
        double distance = scale * (Math.sqrt(to.value() / 640.0) - 0.8 * Math.sqrt(from.value() / 640.0));
        double whole = scale * Math.sqrt(to.value() / 640.0);
        double norm = Math.sqrt(start * start + whole * whole * 0.7);
        Map<String, Double> changed = changed(whole);
        ChangeMeasures change = new ChangeMeasures(Map.of("1e-3", 0.97), Map.of("1", 0.99), 0.021);
        LayerMovement layer = new LayerMovement(
                "conv1.weight",
                "weight",
                150,
                distance / 9,
                whole / 9,
                whole / 110,
                norm / 5,
                start / 5,
                whole / start,
                0.98,
                changed,
                new Attribution(true, 0, 0, 0, 0, 0, 0, 0, 0),
                from.value() == 0 ? null : 0.31,
                change);
        return new MovementResult(
                from,
                to,
                61_706,
                distance,
                whole,
                norm,
                start,
                whole / start,
                start / norm,
                changed,
                new Attribution(true, 55, 0, 40, 12, 3, 0, 0, 0),
                List.of(layer),
                from.value() == 0 ? null : 0.27,
                whole / Math.sqrt(61_706),
                change,
                List.of(
                        group("weight", 61_470, distance * 0.99, whole, start),
                        group("bias", 236, distance / 9, whole, 0)),
                group("live", 61_706, distance, whole, start));
    }

    private static GroupMovement group(String name, int parameters, double distance, double whole, double start) {
        return new GroupMovement(
                name,
                parameters,
                distance,
                whole,
                whole / Math.sqrt(parameters),
                start + 1,
                start,
                start > 0 ? (Double) (whole / start) : null,
                start > 0 ? (Double) 0.98 : null,
                null,
                changed(whole),
                new ChangeMeasures(Map.of(), Map.of("1", 0.99), 0.02));
    }

    private static Map<String, Double> changed(double size) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (String threshold : THRESHOLDS) {
            shares.put(threshold, 0.9991 * Math.exp(-Double.parseDouble(threshold) / (size * 0.004)));
        }
        return shares;
    }

    static FeaturesResult features(PlannedRun run, AnalysisRequest request) {
        Step at = request.input("at").orElseThrow().step();
        double correlation = 0.18 + (adam(run) ? 0.09 : 0.05) * at.value() / 640.0 + tilt(run);
        return new FeaturesResult(
                at,
                2000,
                84,
                2,
                correlation,
                correlation / 3,
                correlation * 1.3,
                Math.sqrt(2 / (Math.PI * 2000)),
                0.82,
                new WithinClassCorrelation(
                        correlation * 0.7, correlation / 5, correlation * 0.9, Math.sqrt(2 / (Math.PI * 1991))),
                11.4 + at.value() / 640.0,
                47.2 - at.value() / 640.0,
                82,
                List.of(0.8, 0.97, 0.7, 0.8, 0.75, 0.9, 0.6, 0.9, 0.95, 0.93));
    }

    static OrderResult order(PlannedRun run, AnalysisRequest request) {
        List<Step> steps = request.inputs().stream().map(AnalysisInput::step).toList();
        double perEpoch = run.spec().schedule().stepsPerEpoch();
        Step second = steps.get(1);
        Step third = steps.get(2);
        return new OrderResult(
                steps,
                steps.stream().map(step -> step.value() / perEpoch).toList(),
                2000,
                List.of(
                        new OrderResult.BlockOrder(
                                "conv1", 6, List.of(0.4, 0.9, 0.95, 0.99, 1.0), second, second.value() / perEpoch),
                        new OrderResult.BlockOrder(
                                "fc2", 84, List.of(0.1, 0.5, 0.7, 0.9, 1.0), third, third.value() / perEpoch)),
                List.of(
                        new OrderResult.ClassOnset(
                                0, List.of(0.0, 0.7, 0.8, 0.8, 0.8), second, second.value() / perEpoch),
                        new OrderResult.ClassOnset(6, List.of(0.1, 0.1, 0.2, 0.5, 0.0), null, null)),
                2,
                1,
                adam(run) ? "5 checkpoints order no blocks; train with checkpoints.logSpaced: true" : null);
    }

    static LazinessResult laziness(PlannedRun run, AnalysisRequest request) {
        return new LazinessResult(
                request.input("to").orElseThrow().step(),
                2000,
                0.9 + tilt(run),
                1e-3,
                2e-3,
                0.24,
                List.of(new LazinessResult.LayerGates("relu1", 0.31), new LazinessResult.LayerGates("relu4", 0.17)),
                0.3);
    }

    /** A sound audit: everything is as the fixture announces it. */
    static IntegrityResult integrity(RunHistory history) {
        return new IntegrityResult(
                true,
                history.checkpoints().size(),
                history.checkpoints().stream()
                        .map(stored -> audit(stored, List.of()))
                        .toList(),
                List.of());
    }

    static IntegrityResult.CheckpointAudit audit(StoredCheckpoint stored, List<IntegrityResult.Finding> damage) {
        return new IntegrityResult.CheckpointAudit(
                stored.step(),
                stored.epoch(),
                stored.artifact().key(),
                stored.artifact().sha256(),
                stored.artifact().sha256(),
                stored.step().value() == 0 ? null : 0.01,
                damage,
                List.of());
    }

    static AlignmentResult alignment() {
        return new AlignmentResult(
                61_706,
                0,
                List.of(
                        new AlignmentResult.Stage(AlignmentResult.RAW, true, 30.1, 23.1, 23.5, 1.291, null),
                        new AlignmentResult.Stage(AlignmentResult.RESCALED, true, 11.2, 8.1, 8.2, 1.374, -0.083),
                        new AlignmentResult.Stage(AlignmentResult.SIGN_AWARE, false, 11.2, 8.1, 8.2, 1.374, 0.0),
                        new AlignmentResult.Stage(AlignmentResult.PERMUTED, true, 8.4, 8.1, 8.2, 1.031, 0.343)),
                List.of(new AlignmentResult.Group("conv1", 6, 5), new AlignmentResult.Group("fc1", 120, 117)),
                4);
    }

    static OrderAgreementResult orderAgreement() {
        return new OrderAgreementResult(
                new OrderAgreementResult.RankAgreement(10, 0.72, 0.3, 0.9),
                new OrderAgreementResult.RankAgreement(4, 0.33, null, null),
                null);
    }

    static FeatureSimilarity similarity(PlannedRun left, PlannedRun right) {
        double matched = 0.61 + tilt(left) + tilt(right);
        return new FeatureSimilarity(
                2000,
                82,
                81,
                2,
                3,
                retrained(right) ? (Double) 0.83 : (Double) 0.02,
                retrained(right) ? null : FeatureSimilarity.DIFFERENT_STARTS,
                matched,
                net(matched, 0.11),
                net(matched, 0.38),
                0.74,
                net(0.74, 0.0003),
                0.78,
                0.41,
                0.87);
    }

    private static NetOfNull net(double measure, double chance) {
        double net = measure - chance;
        return new NetOfNull(NetOfNull.PERMUTATIONS, chance, 0.004, net, net - 1.96 * 0.004, net + 1.96 * 0.004);
    }

    static ComparisonResult comparison(AnalysisRequest request, PlannedRun left, PlannedRun right) {
        double norm = 23.1 + tilt(left);
        double drift = adam(right) ? 4.4 : 2.3;
        if (request.kind() != AnalysisKind.PERTURBATION) {
            double distance = request.kind() == AnalysisKind.EFFECT && flipped(right) ? 47.9 : drift * 0.9;
            return new ComparisonResult(
                    norm,
                    norm + 0.4,
                    distance,
                    0.985,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    similarity(left, right),
                    null);
        }
        double displaced = flipped(right) ? 2 * norm : 1e-6 * Math.sqrt(61_706);
        double moved = flipped(right) ? drift * 1.7 : drift;
        double distance = flipped(right) ? 46.4 : drift * 1.001;
        boolean below = displaced < 0.1 * drift;
        return new ComparisonResult(
                norm,
                norm + 0.7,
                distance,
                flipped(right) ? -0.972 : 0.991,
                displaced,
                moved,
                moved / displaced,
                1 - distance / displaced,
                drift,
                distance / drift,
                below,
                below ? ComparisonResult.BELOW_DRIFT : null,
                RetrainingNumbers.part(Triangle.LIVE, 61_706, norm, displaced, moved, distance, drift),
                null,
                RetrainingNumbers.layers(norm, displaced, moved, distance, drift),
                similarity(left, right),
                null);
    }

    static boolean adam(PlannedRun run) {
        return run.spec().optimizer().kind().equals("adam");
    }

    private static boolean retrained(PlannedRun run) {
        return run.role() != RunRole.BASE;
    }

    static boolean flipped(PlannedRun run) {
        return run.spec().origin() != null
                && Perturbation.signFlip().equals(run.spec().origin().perturbation());
    }

    /** A small difference that belongs to the run. */
    static double tilt(PlannedRun run) {
        return (Integer.parseInt(run.runId().value().substring(1, 4), 16) % 100 - 50) * 3e-4;
    }
}
