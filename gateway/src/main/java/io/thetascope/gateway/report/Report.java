package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.AlignmentResult;
import io.thetascope.contracts.analysis.BarrierResult;
import io.thetascope.contracts.analysis.LazinessResult;
import io.thetascope.contracts.analysis.OrderAgreementResult;
import io.thetascope.contracts.analysis.OrderResult;
import io.thetascope.contracts.analysis.RetrainingPathResult;
import io.thetascope.contracts.analysis.SymmetryResult;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.gateway.report.answer.Answer;
import io.thetascope.gateway.report.deck.BesideDeck;
import io.thetascope.gateway.report.escape.EscapeCurve;
import io.thetascope.gateway.report.factors.FactorRow;
import io.thetascope.gateway.report.factors.FactorRows;
import io.thetascope.gateway.verdict.Verdicts;
import java.util.List;
import java.util.Map;

/**
 * What a study found (DESIGN §6). For equal numbers all sections but {@code provenance} are equal to the last bit;
 * whatever depends on the clock or the machine is in {@code provenance} alone.
 *
 * @param study what was asked for, and how far it is
 * @param runs one line a run, in the order of the study
 * @param epochs by run: figures after every epoch, epoch 0 first
 * @param movement by run
 * @param features by run
 * @param order by run: in which order it learned; a run that was not measured is missing
 * @param laziness by run: whether it only trained its linearisation; a run that was not measured is missing
 * @param integrity by run: whether its checkpoints are what they were announced as
 * @param comparisons across runs, in the order of the study
 * @param orderAgreement whether two runs learned in the same order
 * @param alignment how far two ends are apart once symmetries are taken out
 * @param paths by retraining: how far it was from its parent and from its start
 * @param symmetries by perturbed run: what the perturbation did to the function, and what was predicted
 * @param barriers the loss on the straight line between two ends
 * @param answers what became of each perturbation, over seeds
 * @param deck the deck's numbers beside those of the study
 * @param factors by data set and measure: what the variance over base runs is due to; empty where no factor varies
 * @param escape by sweep over the size of a perturbation: what came of each size, and where return turns into leaving
 * @param verdicts on the claims of the study
 * @param provenance where the numbers come from
 */
public record Report(
        StudySummary study,
        List<RunRow> runs,
        Map<RunId, List<EpochFigures>> epochs,
        Map<RunId, RunMovement> movement,
        Map<RunId, RunFeatures> features,
        Map<RunId, OrderResult> order,
        Map<RunId, LazinessResult> laziness,
        Map<RunId, RunIntegrity> integrity,
        List<ComparisonRow> comparisons,
        List<AcrossRuns<OrderAgreementResult>> orderAgreement,
        List<AcrossRuns<AlignmentResult>> alignment,
        Map<RunId, RetrainingPathResult> paths,
        Map<RunId, SymmetryResult> symmetries,
        List<AcrossRuns<BarrierResult>> barriers,
        List<Answer> answers,
        BesideDeck deck,
        List<FactorRow> factors,
        List<EscapeCurve> escape,
        Verdicts verdicts,
        Provenance provenance) {

    /** Makes the report of what is known. */
    public static Report of(ReportData data) {
        Histories histories = Histories.of(data);
        Measurements measured = Measurements.of(data.study(), data.analyses(), data.damage());
        List<RunRow> rows = new RunRows(data.study(), histories, measured).all();
        return new Report(
                StudySummary.of(data, histories, measured),
                rows,
                histories.epochs(),
                measured.movement(),
                measured.features(),
                measured.whole().order(),
                measured.whole().laziness(),
                measured.whole().integrity(data.study()),
                measured.comparisons(),
                measured.orderAgreements(),
                measured.alignments(),
                measured.whole().paths(),
                measured.whole().symmetries(),
                measured.barriers(),
                Answer.of(rows),
                BesideDeck.of(data.study(), rows),
                FactorRows.of(rows, measured.features()),
                EscapeCurve.of(rows),
                Verdicts.of(VerdictEvidence.of(data.study(), histories, measured, rows)),
                Provenance.of(data, histories, measured));
    }
}
