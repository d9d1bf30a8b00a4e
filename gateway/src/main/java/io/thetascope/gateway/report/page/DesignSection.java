package io.thetascope.gateway.report.page;

import io.thetascope.contracts.run.OptimizerSpec;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.report.PretrainedStart;
import io.thetascope.gateway.report.Report;
import io.thetascope.gateway.report.StudySummary;
import io.thetascope.gateway.report.UsedSettings;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How the study was set up, and how far it is. */
final class DesignSection {
    private final StudySummary study;
    private final UsedSettings used;
    private final Report report;

    DesignSection(Report report) {
        this.study = report.study();
        this.used = study.used();
        this.report = report;
    }

    void write(Markup out) {
        StudySpec spec = study.spec();
        out.open("section", "aria-labelledby", "design")
                .leaf("h2", "Design", "id", "design")
                .open("dl");
        item(out, "Networks", joined(used.networks()));
        item(out, "Data sets", joined(used.datasets()) + " (" + sources() + ")");
        item(out, "Initialisations", joined(used.initializations()));
        if (!used.pretrained().isEmpty()) {
            item(
                    out,
                    "Pretrained weights",
                    used.pretrained().stream().map(PretrainedStart::words).collect(Collectors.joining("; ")));
        }
        item(out, "Optimizers", optimizers());
        item(out, "Seeds", seeds());
        item(out, "Training", training());
        item(
                out,
                "Perturbations",
                orNone(spec.perturbations().stream().map(RunNames::perturbed).toList()));
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

    private String sources() {
        if (report.provenance().datasets().isEmpty()) {
            return "whose source is told in the study that trained the parents";
        }
        return report.provenance().datasets().stream()
                .map(source -> source.name() + " from " + source.source()
                        + (source.official() ? ", official checksums" : ", unverified: not the official checksums"))
                .collect(Collectors.joining("; "));
    }

    private String training() {
        String heldBack = used.validationImages().equals(List.of(0))
                ? ""
                : ", " + joined(used.validationImages()) + " held back for validation";
        return joined(used.epochs()) + " epochs, batch " + joined(used.batches()) + ", the first "
                + images(used.trainImages()) + " training images" + heldBack + ", the first "
                + images(used.testImages()) + " test images, checkpoints " + checkpoints();
    }

    private String seeds() {
        String list = used.seeds().isEmpty() ? "those of the parents, told in their study" : joined(used.seeds());
        return used.distinctSeeds() == 1
                ? list + " (one seed says nothing about chance: a difference between two rows is no verdict)"
                : list;
    }

    private String optimizers() {
        return used.optimizers().stream().map(DesignSection::words).collect(Collectors.joining("; "));
    }

    private static String words(OptimizerSpec optimizer) {
        String momentum = optimizer.momentum() == null ? "" : ", momentum " + optimizer.momentum();
        String warmup = optimizer.warmupEpochs() == 0 ? "" : ", warm-up over " + optimizer.warmupEpochs() + " epochs";
        return optimizer.kind() + " (learning rate " + optimizer.learningRate() + momentum + ", weight decay "
                + Numbers.brief(optimizer.weightDecay()) + warmup + ")";
    }

    private String checkpoints() {
        return used.checkpoints().stream()
                .map(kept ->
                        "every " + kept.everyEpochs() + " epochs" + (kept.logSpaced() ? " and at steps 1, 2, 4 …" : ""))
                .collect(Collectors.joining(" or "));
    }

    private static String images(List<Integer> counts) {
        return counts.stream().map(Numbers::whole).collect(Collectors.joining(" or "));
    }

    private static String joined(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String gates(Map<String, Double> gates) {
        return orNone(new TreeMap<>(gates)
                .entrySet().stream()
                        .map(gate -> gate.getKey() + " " + Numbers.exactPercent(gate.getValue()))
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
