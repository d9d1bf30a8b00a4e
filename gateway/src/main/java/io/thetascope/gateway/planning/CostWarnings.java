package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.RunSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the networks of a plan waste, and what they fill. */
final class CostWarnings {
    private static final long LARGE_CHECKPOINT = 100_000_000;

    private CostWarnings() {}

    static List<PlanWarning> of(List<RunSpec> runs) {
        RunCosts costs = new RunCosts();
        Map<RunCosts.Subject, List<RunSpec>> bySubject = runs.stream()
                .collect(Collectors.groupingBy(RunCosts.Subject::of, LinkedHashMap::new, Collectors.toList()));
        String total = bytes(costs.storedBytes(runs));
        return bySubject.entrySet().stream()
                .flatMap(entry -> Stream.of(
                        geometry(entry.getKey(), costs.of(entry.getKey()), entry.getValue()),
                        size(entry.getKey(), costs, entry.getValue(), total)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<PlanWarning> geometry(RunCosts.Subject subject, RunCost cost, List<RunSpec> runs) {
        if (cost.geometryDead() == 0) {
            return Optional.empty();
        }
        boolean decays = runs.stream().anyMatch(run -> run.optimizer().weightDecay() > 0);
        String fate = decays ? "get no gradient, only weight decay moves them" : "can never move";
        return Optional.of(new PlanWarning(
                "GEOMETRY_DEAD",
                text(
                        "%,d of %,d parameters (%.2f %%) of %s %s: their kernel taps only meet padding",
                        cost.geometryDead(),
                        cost.parameters(),
                        100.0 * cost.geometryDead() / cost.parameters(),
                        subject,
                        fate)));
    }

    private static Optional<PlanWarning> size(
            RunCosts.Subject subject, RunCosts costs, List<RunSpec> runs, String total) {
        long one = costs.of(subject).checkpointBytes();
        return one < LARGE_CHECKPOINT
                ? Optional.empty()
                : Optional.of(new PlanWarning(
                        "LARGE_CHECKPOINTS",
                        text(
                                "One checkpoint of %s has %s; its %,d runs will store %s, the whole study %s.",
                                subject, bytes(one), runs.size(), bytes(costs.storedBytes(runs)), total)));
    }

    private static String bytes(long bytes) {
        return bytes < 10_000_000_000L ? text("%,d MB", Math.round(bytes / 1e6)) : text("%,.1f GB", bytes / 1e9);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
