package io.thetascope.gateway.verdict;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.study.RunRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What of a study the claims are judged by.
 *
 * @param gates from which accuracy on a run counts
 * @param trials every planned run
 * @param features net matched correlation of pairs
 * @param classes Kendall's τ-b of pairs over the onsets of classes
 * @param blocks Kendall's τ-b of pairs over the t½ of blocks
 */
public record Evidence(
        Gates gates, List<Trial> trials, List<Meeting> features, List<Meeting> classes, List<Meeting> blocks) {
    public Evidence {
        trials = List.copyOf(trials);
        features = List.copyOf(features);
        classes = List.copyOf(classes);
        blocks = List.copyOf(blocks);
    }

    /** Returns the runs of generation 0 that answer the study's question: donors do not. */
    Stream<Trial> base() {
        return trials.stream().filter(trial -> trial.role() == RunRole.BASE);
    }

    /** Returns a base run, if the study has it. */
    Optional<Trial> base(RunId run) {
        return base().filter(trial -> trial.runId().equals(run)).findFirst();
    }

    /** Returns the perturbed runs whose retraining is of a kind. */
    Stream<Trial> retrained(Predicate<Retrained> kind) {
        return trials.stream()
                .filter(trial ->
                        Optional.ofNullable(trial.retrained()).filter(kind).isPresent());
    }

    /** Returns what a run and others are worth together; one that the study does not know is still open. */
    Worth worth(Trial trial, List<RunId> others) {
        List<Worth> all = new ArrayList<>(List.of(trial.worth()));
        others.forEach(run -> all.add(trials.stream()
                .filter(other -> other.runId().equals(run))
                .map(Trial::worth)
                .findFirst()
                .orElse(Worth.OPEN)));
        return Worth.least(all);
    }

    /** Returns the gates of the study's data sets in words. */
    String gateWords() {
        return gates.words(trials.stream().map(t -> t.factors().dataset()).toList());
    }
}
