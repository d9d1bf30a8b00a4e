package io.thetascope.gateway.report.page;

import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.report.Report;
import io.thetascope.gateway.report.StudySummary;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is asked, how it was set up, and how far it is. */
final class DesignSection {
    private final StudySummary study;
    private final Report report;

    DesignSection(Report report) {
        this.study = report.study();
        this.report = report;
    }

    void write(Markup out) {
        StudySpec spec = study.spec();
        out.open("section", "aria-labelledby", "question").leaf("h2", "Question", "id", "question");
        out.leaf("p", question(spec)).close("section").line();
        out.open("section", "aria-labelledby", "design")
                .leaf("h2", "Design", "id", "design")
                .open("dl");
        item(out, "Networks", String.join(", ", spec.networks()));
        item(out, "Data sets", String.join(", ", spec.datasets()) + " (" + sources() + ")");
        item(out, "Initialisations", String.join(", ", spec.initializations()));
        item(out, "Optimizers", String.join(", ", spec.optimizers()));
        item(out, "Seeds", spec.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        item(out, "Training", training(spec));
        item(
                out,
                "Perturbations",
                orNone(spec.perturbations().stream().map(Perturbation::label).toList()));
        item(
                out,
                "Twins",
                orNone(spec.twins().stream()
                        .map(t -> t.count() + " × " + t.kind())
                        .toList()));
        item(out, "Accuracy gates", gates(spec.gates()));
        item(out, "Runs", counts(study.runs()));
        item(out, "Analyses", counts(study.analyses()));
        out.close("dl").close("section").line();
    }

    private static String question(StudySpec spec) {
        String trained = "When " + String.join(", ", spec.networks()) + " learns " + String.join(", ", spec.datasets())
                + ", how far do its parameters move, how many of them change at all, and how do its features hang"
                + " together? Do the initialisation and the optimizer matter?";
        return spec.perturbations().isEmpty()
                ? trained
                : trained + " And when a trained model is perturbed and trained again, does it come back, stay where it"
                        + " was put, or end elsewhere, beyond what training again does to an unperturbed twin?";
    }

    private String sources() {
        return report.provenance().datasets().stream()
                .map(source -> source.name() + " from " + source.source()
                        + (source.official() ? ", official checksums" : ", unverified: not the official checksums"))
                .collect(Collectors.joining("; "));
    }

    private static String training(StudySpec spec) {
        Integer limit = spec.train().limit();
        Integer tested = spec.test().limit();
        return spec.epochs() + " epochs, batch " + spec.train().batch() + ", "
                + (limit == null ? "all training images" : "the first " + Numbers.whole(limit) + " training images")
                + ", "
                + (tested == null ? "all test images" : "the first " + Numbers.whole(tested) + " test images")
                + ", weight decay " + Numbers.brief(spec.train().weightDecay()) + ", checkpoints every "
                + spec.checkpoints().everyEpochs() + " epochs"
                + (spec.checkpoints().logSpaced() ? " and at steps 1, 2, 4 …" : "");
    }

    private static String gates(Map<String, Double> gates) {
        return orNone(new TreeMap<>(gates)
                .entrySet().stream()
                        .map(gate -> gate.getKey() + " " + Numbers.percent(gate.getValue(), 0))
                        .toList());
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String orNone(List<String> items) {
        return items.isEmpty() ? "none" : String.join(", ", items);
    }

    private static void item(Markup out, String term, String text) {
        out.leaf("dt", term).leaf("dd", text).line();
    }
}
