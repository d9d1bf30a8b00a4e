package io.thetascope.gateway.report.deck;

import io.thetascope.contracts.run.RunSpec;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs of ours that differ in their seed alone, and what a reader needs to know of how they were trained.
 *
 * @param network name
 * @param dataset name
 * @param initialization kind
 * @param optimizer kind
 * @param runs how many are counted; those below the accuracy gate are not
 * @param belowGate how many are left out for that
 * @param training epochs and images, in words
 */
public record OurCell(
        String network,
        String dataset,
        String initialization,
        String optimizer,
        int runs,
        int belowGate,
        String training) {

    static OurCell of(List<RunRow> counted, RunRow any, int belowGate, List<RunSpec> specs) {
        String training = specs.stream()
                .map(spec -> spec.epochs() + " epochs on "
                        + Numbers.whole(spec.dataset().train()) + " images")
                .distinct()
                .collect(Collectors.joining(" or "));
        return new OurCell(
                any.network(),
                any.dataset(),
                any.initialization(),
                any.optimizer(),
                counted.size(),
                belowGate,
                training);
    }

    /** Returns its name. */
    public String title() {
        return network + " on " + dataset + ", " + initialization + ", " + optimizer;
    }
}
