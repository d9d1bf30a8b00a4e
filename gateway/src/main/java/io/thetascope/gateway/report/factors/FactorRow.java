package io.thetascope.gateway.report.factors;

import io.thetascope.measures.factors.Effect;
import io.thetascope.measures.factors.FactorAnalysis;
import io.thetascope.measures.factors.Residual;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One measure over the base runs of one data set, analysed or refused.
 *
 * @param dataset within which alone runs are compared
 * @param measure relativeDistance, changed, meanCorrelation, meanAbsCorrelation, accuracy or endNorm
 * @param factors those of network, initialization and optimizer that vary
 * @param n base runs
 * @param effects type II, with F, p and ω²; empty where it was refused
 * @param residual the seeds, and interactions that are not in the model; absent where it was refused
 * @param omitted interactions that are not in the model, and why
 * @param refused why there are no effects; absent where there are
 */
public record FactorRow(
        String dataset,
        FactorMeasure measure,
        List<String> factors,
        int n,
        List<Effect> effects,
        @Nullable Residual residual,
        List<String> omitted,
        @Nullable String refused) {
    public FactorRow {
        factors = List.copyOf(factors);
        effects = List.copyOf(effects);
        omitted = List.copyOf(omitted);
    }

    static FactorRow of(String dataset, FactorMeasure measure, List<String> factors, FactorAnalysis analysis) {
        if (analysis instanceof FactorAnalysis.Analysed found) {
            return new FactorRow(
                    dataset, measure, factors, found.n(), found.effects(), found.residual(), found.omitted(), null);
        }
        FactorAnalysis.Refused refused = (FactorAnalysis.Refused) analysis;
        return new FactorRow(dataset, measure, factors, refused.n(), List.of(), null, List.of(), refused.reason());
    }
}
