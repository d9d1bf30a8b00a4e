package io.thetascope.gateway.verdict;

import io.thetascope.contracts.identity.RunId;
import java.util.List;

/**
 * What a study says to one claim, with everything it was judged by.
 *
 * @param number of the claim, from 1
 * @param claim the deck's sentence
 * @param verdict the outcome
 * @param estimator what is measured
 * @param threshold beyond what it has to lie, in words
 * @param thresholds the same as numbers, one a measure
 * @param gate what runs have to reach to count
 * @param n how many runs the values were taken from
 * @param values one a cell and measure
 * @param runs that the values were taken from
 * @param reason why this verdict, in one sentence
 */
public record Verdict(
        int number,
        String claim,
        Outcome verdict,
        String estimator,
        String threshold,
        List<Threshold> thresholds,
        String gate,
        int n,
        List<CellValue> values,
        List<RunId> runs,
        String reason) {
    public Verdict {
        thresholds = List.copyOf(thresholds);
        values = List.copyOf(values);
        runs = List.copyOf(runs);
    }
}
