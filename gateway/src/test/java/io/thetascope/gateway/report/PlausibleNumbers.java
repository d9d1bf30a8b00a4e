package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.Attribution;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.analysis.LayerMovement;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Figures;
import io.thetascope.contracts.run.Perturbation;
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
                new Attribution(true, 0, 0, 0, 0, 0, 0, 0, 0));
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
                List.of(layer));
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
                0.82);
    }

    static ComparisonResult comparison(AnalysisRequest request, PlannedRun left, PlannedRun right) {
        double norm = 23.1 + tilt(left);
        double drift = adam(right) ? 4.4 : 2.3;
        if (request.kind() != AnalysisKind.PERTURBATION) {
            double distance = request.kind() == AnalysisKind.EFFECT && flipped(right) ? 47.9 : drift * 0.9;
            return new ComparisonResult(
                    norm, norm + 0.4, distance, 0.985, null, null, null, null, null, null, null, null);
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
                below ? ComparisonResult.BELOW_DRIFT : null);
    }

    private static boolean adam(PlannedRun run) {
        return run.spec().optimizer().kind().equals("adam");
    }

    private static boolean retrained(PlannedRun run) {
        return run.role() != RunRole.BASE;
    }

    private static boolean flipped(PlannedRun run) {
        return run.spec().origin() != null
                && Perturbation.signFlip().equals(run.spec().origin().perturbation());
    }

    /** A small difference that belongs to the run. */
    private static double tilt(PlannedRun run) {
        return (Integer.parseInt(run.runId().value().substring(1, 4), 16) % 100 - 50) * 3e-4;
    }
}
