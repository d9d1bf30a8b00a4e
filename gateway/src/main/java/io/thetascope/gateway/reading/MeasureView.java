package io.thetascope.gateway.reading;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.json.Json;
import io.thetascope.gateway.damage.Damage;
import io.thetascope.gateway.damage.DamagedStep;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One measure of a run, measured or not; the numbers lie beside the other fields.
 *
 * @param analysisId the analysis; absent where nobody asked for it
 * @param outcome planned, measured, refused, failed, withheld or not-asked
 * @param reason why there are no numbers
 * @param damaged the damaged checkpoints of the run; empty for a sound one
 * @param numbers once they are measured
 * @param <T> of the kind
 */
public record MeasureView<T>(
        @Nullable AnalysisId analysisId,
        String outcome,
        @Nullable String reason,
        List<DamagedStep> damaged,
        @JsonUnwrapped @Nullable T numbers) {
    private static final String NOT_ASKED = "not-asked";

    public MeasureView {
        damaged = List.copyOf(damaged);
    }

    /** Returns the view of a run's measure: of several analyses a measured one, of several of those the newest version. */
    public static <T> MeasureView<T> of(
            RunId run, AnalysisKind kind, List<AnalysisReading.Known> analyses, Damage damage, Class<T> type) {
        return analyses.stream()
                .max(Comparator.comparing(
                                (AnalysisReading.Known known) -> known.numbers().isPresent())
                        .thenComparing(known -> known.request().version()))
                .map(known -> of(run, known, damage, type))
                .orElseGet(() -> new MeasureView<>(
                        null,
                        NOT_ASKED,
                        "nobody asked for it; ask with POST /api/v1/runs/" + run + "/analyses {\"measures\": [\""
                                + Json.tree(kind).asText() + "\"]}",
                        damage.of(run),
                        null));
    }

    /** Returns the view of a run's audit: what differs from the facts of its checkpoints is not sound either. */
    public static MeasureView<IntegrityResult> integrity(RunId run, List<AnalysisReading.Known> audits, Damage damage) {
        MeasureView<IntegrityResult> view = of(run, AnalysisKind.INTEGRITY, audits, damage, IntegrityResult.class);
        IntegrityResult audit = view.numbers();
        boolean sound = audit != null && audit.sound() && view.damaged().isEmpty();
        return new MeasureView<>(
                view.analysisId(),
                view.outcome(),
                view.reason(),
                view.damaged(),
                audit == null
                        ? null
                        : new IntegrityResult(sound, audit.planned(), audit.checkpoints(), audit.damage()));
    }

    private static <T> MeasureView<T> of(RunId run, AnalysisReading.Known known, Damage damage, Class<T> type) {
        Optional<JsonNode> numbers = known.numbers();
        Optional<String> withheld = numbers.isEmpty() ? Optional.empty() : damage.withholds(known.request());
        return new MeasureView<>(
                known.id(),
                withheld.isPresent() ? Damage.WITHHELD : known.outcome(),
                withheld.orElse(known.reason()),
                damage.of(run),
                withheld.isPresent()
                        ? null
                        : numbers.map(n -> Json.read(n, type)).orElse(null));
    }
}
