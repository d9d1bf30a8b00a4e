package io.thetascope.gateway.reading;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.InputRead;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.gateway.damage.Damage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An analysis as the API shows it, whether it ended or not.
 *
 * @param analysisId computed from the request
 * @param kind what is measured
 * @param outcome planned, measured, refused, failed, or withheld where a checkpoint that it reads is damaged
 * @param reason why there are no numbers
 * @param request what was asked for
 * @param read the digests of what was read; empty before it ended
 * @param result the numbers; absent where they are not published, and in lists
 * @param artifact results too large for a fact: {@code GET /analyses/{id}/tensors}
 * @param completedAt when it ended; absent before
 */
public record AnalysisView(
        AnalysisId analysisId,
        AnalysisKind kind,
        String outcome,
        @Nullable String reason,
        AnalysisRequest request,
        List<InputRead> read,
        @Nullable JsonNode result,
        @Nullable ArtifactRef artifact,
        @Nullable Instant completedAt) {
    public AnalysisView {
        read = List.copyOf(read);
    }

    /** Returns the whole view. */
    public static AnalysisView whole(AnalysisReading.Known known, Damage damage) {
        return of(known, damage, true);
    }

    /** Returns the view without the numbers, for lists. */
    public static AnalysisView brief(AnalysisReading.Known known, Damage damage) {
        return of(known, damage, false);
    }

    private static AnalysisView of(AnalysisReading.Known known, Damage damage, boolean numbers) {
        AnalysisCompleted fact = known.fact();
        Optional<String> withheld = known.numbers().isEmpty() ? Optional.empty() : damage.withholds(known.request());
        boolean shown = withheld.isEmpty();
        return new AnalysisView(
                known.id(),
                known.request().kind(),
                shown ? known.outcome() : Damage.WITHHELD,
                withheld.orElse(known.reason()),
                known.request(),
                fact == null ? List.of() : fact.read(),
                shown && numbers ? known.numbers().orElse(null) : null,
                shown ? known.tensors().orElse(null) : null,
                fact == null ? null : fact.completedAt());
    }
}
