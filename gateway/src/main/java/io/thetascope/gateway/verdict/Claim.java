package io.thetascope.gateway.verdict;

import io.thetascope.contracts.identity.RunId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sentence of the deck as a rule over any study.
 *
 * @param number from 1
 * @param claim the sentence
 * @param estimator what is measured
 * @param subject what a study needs for it, in words
 * @param gated which models have to reach the gate
 * @param needed thresholds without a cell of which the claim cannot be supported; without one of the first, the study says
 *     nothing to it
 * @param also thresholds that only some networks have
 * @param count whether it is about counts that do not vary with the seed
 * @param samples takes the cells from a study
 */
record Claim(
        int number,
        String claim,
        String estimator,
        String subject,
        String gated,
        List<Threshold> needed,
        List<Threshold> also,
        boolean count,
        Function<Evidence, List<Sample>> samples) {

    /** Judges a study. */
    Verdict judge(Evidence evidence) {
        List<JudgedCell> cells = samples.apply(evidence).stream()
                .map(sample -> JudgedCell.of(sample, count))
                .toList();
        Ruling ruling = Ruling.of(this, cells);
        List<Threshold> thresholds =
                Stream.concat(needed.stream(), also.stream()).toList();
        List<RunId> runs = cells.stream().flatMap(JudgedCell::runs).distinct().toList();
        return new Verdict(
                number,
                claim,
                ruling.outcome(),
                estimator,
                thresholds.stream().map(Threshold::words).collect(Collectors.joining("; ")),
                thresholds,
                gated + " at least at " + evidence.gateWords(),
                runs.size(),
                cells.stream().map(JudgedCell::value).toList(),
                runs,
                ruling.reason());
    }
}
