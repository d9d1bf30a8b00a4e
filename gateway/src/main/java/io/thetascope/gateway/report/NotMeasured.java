package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.identity.AnalysisId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An analysis that was planned and has no numbers.
 *
 * @param analysisId the analysis
 * @param kind of measure
 * @param inputs what it would have read
 * @param outcome refused, failed, withheld or planned
 * @param reason why
 */
public record NotMeasured(
        AnalysisId analysisId,
        AnalysisKind kind,
        List<AnalysisInput> inputs,
        String outcome,
        @Nullable String reason) {
    public NotMeasured {
        inputs = List.copyOf(inputs);
    }

    static NotMeasured of(AnalysisRequest request, Ending ending) {
        return new NotMeasured(request.id(), request.kind(), request.inputs(), ending.outcome(), ending.reason());
    }

    /** Whether it ended, so that no numbers will come any more. */
    public boolean ended() {
        return !outcome.equals(Ending.PLANNED);
    }
}
