package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.BarrierResult;
import io.thetascope.contracts.analysis.FunctionChange;
import io.thetascope.contracts.analysis.FunctionFigures;
import io.thetascope.contracts.analysis.InterpolationLine;
import io.thetascope.contracts.analysis.NormShift;
import io.thetascope.contracts.analysis.PathPoint;
import io.thetascope.contracts.analysis.RetrainingPathResult;
import io.thetascope.contracts.analysis.SymmetryResult;
import io.thetascope.contracts.analysis.Triangle;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import java.util.List;
import java.util.stream.IntStream;

/** Numbers like those of real retrainings, from formulas alone. */
final class RetrainingNumbers {
    private static final List<String> LAYERS = List.of("conv1.weight", "conv1.bias", "fc1.weight", "fc3.bias");

    private RetrainingNumbers() {}

    static RetrainingPathResult path(PlannedRun run, AnalysisRequest request) {
        double norm = 23.1;
        double displaced =
                PlausibleNumbers.flipped(run) ? 2 * norm : run.role() == RunRole.PERTURBED ? 1e-6 * 248.4 : 0;
        List<Step> steps = request.inputs().stream()
                .filter(input -> input.name().startsWith(AnalysisInput.AT))
                .map(AnalysisInput::step)
                .toList();
        double last = steps.get(steps.size() - 1).value();
        double drift = (PlausibleNumbers.adam(run) ? 4.4 : 2.3) + 20 * PlausibleNumbers.tilt(run);
        return new RetrainingPathResult(
                norm,
                displaced,
                steps.stream()
                        .map(step -> point(step, norm, displaced, drift * Math.sqrt(step.value() / last)))
                        .toList());
    }

    private static PathPoint point(Step step, double norm, double displaced, double moved) {
        double toParent = displaced > norm ? displaced - 0.1 * moved : Math.hypot(displaced, moved);
        return new PathPoint(step, norm + moved / 10, toParent, moved, displaced > norm ? -0.97 : 0.99, null);
    }

    static SymmetryResult symmetry(PlannedRun run) {
        boolean flipped = PlausibleNumbers.flipped(run);
        FunctionFigures before = new FunctionFigures(0.41, 0.8535);
        FunctionChange change = new FunctionChange(
                flipped ? new FunctionFigures(3.02, 0.092) : new FunctionFigures(0.410_001, 0.8535),
                null,
                flipped ? 1.41 : 2e-6,
                null,
                flipped ? 1.73 : 3e-6,
                null,
                flipped ? 0.11 : 1.0,
                null);
        return new SymmetryResult(
                SymmetryResult.NONE,
                "lenet has no BatchNorm; a ReLU network without one has no sign symmetry",
                2000,
                0,
                before,
                null,
                change,
                null,
                List.of());
    }

    /** As of a network with BatchNorm, whose flip the symmetries predict. */
    static SymmetryResult predicted() {
        FunctionFigures before = new FunctionFigures(0.08, 0.9755);
        FunctionChange stored = new FunctionChange(
                new FunctionFigures(5.31, 0.1005), new FunctionFigures(5.31, 0.1005), 2.4, 2.4, 1.9, 1.9, 0.12, 3e-7);
        FunctionChange recomputed = new FunctionChange(
                new FunctionFigures(1.44, 0.512), new FunctionFigures(1.44, 0.512), 0.7, 0.7, 0.9, 0.9, 0.55, 2e-6);
        return new SymmetryResult(
                SymmetryResult.MIRRORED_BIASES,
                "every unit gives ReLU(γẑ − β) in place of ReLU(γẑ + β)",
                2000,
                2000,
                before,
                new FunctionFigures(0.081, 0.975),
                stored,
                recomputed,
                List.of(new NormShift("bn1", 64, 0.21, 1.3), new NormShift("layer1.0.bn1", 64, 0.34, 0.8)));
    }

    static BarrierResult barrier(PlannedRun right) {
        double height = PlausibleNumbers.flipped(right) ? 2.1 : 0.03 + PlausibleNumbers.tilt(right);
        return new BarrierResult(
                2000,
                2000,
                0,
                line(height),
                right.role() == RunRole.PERTURBED ? line(height * 0.6) : null,
                right.role() == RunRole.PERTURBED ? null : "matching moved no unit");
    }

    private static InterpolationLine line(double height) {
        List<Double> train = IntStream.rangeClosed(0, 10)
                .mapToObj(i -> 0.35 + 0.004 * i + height * Math.sin(Math.PI * i / 10))
                .toList();
        return new InterpolationLine(train, train.stream().map(x -> x + 0.1).toList(), height, height * 1.1);
    }

    static List<Triangle> layers(double norm, double displaced, double moved, double distance, double drift) {
        return IntStream.range(0, LAYERS.size())
                .mapToObj(i -> {
                    double part = 1.0 / (i + 2);
                    return part(
                            LAYERS.get(i),
                            150,
                            norm * part,
                            displaced * part,
                            moved * part,
                            distance * part,
                            drift * part);
                })
                .toList();
    }

    static Triangle part(
            String name, long parameters, double norm, double displaced, double moved, double distance, double drift) {
        return new Triangle(
                name,
                parameters,
                norm,
                norm + 0.2,
                distance,
                0.97,
                displaced,
                moved,
                moved / displaced,
                1 - distance / displaced,
                drift,
                distance / drift);
    }
}
