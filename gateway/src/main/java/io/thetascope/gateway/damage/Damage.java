package io.thetascope.gateway.damage;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.analysis.IntegrityResult.CheckpointAudit;
import io.thetascope.contracts.analysis.IntegrityResult.Finding;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is wrong with runs, by their latest audit (MEASURES §8), and so which numbers are not published: those of every
 * analysis that reads a damaged checkpoint. A run that was never audited is taken for sound.
 */
public final class Damage {
    private static final Set<AnalysisKind> OVER_ALL =
            EnumSet.of(AnalysisKind.ORDER, AnalysisKind.ORDER_AGREEMENT, AnalysisKind.PATH);

    /** The outcome of an analysis that was measured, but reads a damaged checkpoint. */
    public static final String WITHHELD = "withheld";
    /** No run is damaged. */
    public static final Damage NONE = new Damage(Map.of());

    private final Map<RunId, List<DamagedStep>> byRun;

    private Damage(Map<RunId, List<DamagedStep>> byRun) {
        this.byRun = byRun;
    }

    /** Puts the damage of runs together; runs that are sound may be left out. */
    public static Damage of(Map<RunId, List<DamagedStep>> byRun) {
        return new Damage(byRun.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue()))));
    }

    /**
     * Returns what an audit says is wrong, the trajectory as a whole first, then by step.
     *
     * @param audit the latest one
     * @param facts the digests by step of the facts that announced the checkpoints, as far as they are known
     */
    public static List<DamagedStep> in(IntegrityResult audit, Map<Step, Digest> facts) {
        List<DamagedStep> damaged = new ArrayList<>();
        for (CheckpointAudit checkpoint : audit.checkpoints()) {
            List<Finding> findings = new ArrayList<>(checkpoint.damage());
            Digest fact = facts.get(checkpoint.step());
            if (fact != null && !fact.equals(checkpoint.announced())) {
                findings.add(otherThanItsFact(checkpoint, fact));
            }
            if (!findings.isEmpty()) {
                damaged.add(new DamagedStep(checkpoint.step(), findings));
            }
        }
        List<Finding> whole = new ArrayList<>(audit.damage());
        if (!audit.sound() && whole.isEmpty() && damaged.isEmpty()) {
            whole.add(new Finding("unsound", "the audit found it unsound and does not say where; audit it again"));
        }
        if (!whole.isEmpty()) {
            damaged.add(0, new DamagedStep(null, whole));
        }
        return damaged;
    }

    private static Finding otherThanItsFact(CheckpointAudit checkpoint, Digest fact) {
        return new Finding(
                Finding.DAMAGED,
                "digest differs from its fact: announced " + fact + ", but the result of the run names "
                        + checkpoint.announced() + "; train the run again");
    }

    /** Returns what is wrong with a run; empty for a sound one. */
    public List<DamagedStep> of(RunId run) {
        return byRun.getOrDefault(run, List.of());
    }

    /**
     * Returns why the numbers of an analysis are not published; empty where they are. An audit is always published, and damage
     * to a trajectory as a whole, such as a gap, withholds only what is measured over the whole.
     */
    public Optional<String> withholds(AnalysisRequest request) {
        if (request.kind() == AnalysisKind.INTEGRITY) {
            return Optional.empty();
        }
        boolean overAll = OVER_ALL.contains(request.kind());
        String reasons = request.inputs().stream()
                .flatMap(input -> of(input.runId()).stream()
                        .filter(damaged -> reads(input, damaged, overAll))
                        .map(damaged -> "run " + input.runId() + ", " + damaged.says()))
                .distinct()
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? Optional.empty() : Optional.of(reasons);
    }

    private static boolean reads(AnalysisInput input, DamagedStep damaged, boolean overAll) {
        Step step = damaged.step();
        return step == null ? overAll : step.equals(input.step());
    }
}
