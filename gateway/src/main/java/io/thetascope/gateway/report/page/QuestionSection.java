package io.thetascope.gateway.report.page;

import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.contracts.study.TwinRequest;
import io.thetascope.gateway.report.Report;
import io.thetascope.gateway.report.UsedSettings;
import io.thetascope.gateway.report.markup.Markup;
import java.util.ArrayList;
import java.util.List;

/** What is asked, in the words of the study's own grid, and what the numbers say. */
final class QuestionSection {
    private final Report report;

    QuestionSection(Report report) {
        this.report = report;
    }

    void write(Markup out) {
        StudySpec spec = report.study().spec();
        out.open("section", "aria-labelledby", "question").leaf("h2", "Question", "id", "question");
        out.leaf("p", trained());
        if (!spec.perturbations().isEmpty()) {
            out.leaf("p", retrained(spec));
        }
        if (!report.answers().isEmpty()) {
            new AnswersTable(report.answers()).write(out);
        }
        out.close("section").line();
    }

    private String trained() {
        UsedSettings used = report.study().used();
        long parents =
                report.runs().stream().filter(run -> run.role() == RunRole.BASE).count();
        return "When " + either(used.networks()) + " learns " + either(used.datasets())
                + ", how far do its parameters move, how many of them change at all, and how do its features hang together?"
                + factors(used) + " " + counted(parents, "trained model")
                + (used.distinctSeeds() == 0 ? "." : ", " + counted(used.distinctSeeds(), "seed") + " in all.");
    }

    private static String factors(UsedSettings used) {
        List<String> factors = new ArrayList<>();
        compared(factors, "network", used.networks());
        compared(factors, "data set", used.datasets());
        compared(factors, "initialisation", used.initializations());
        compared(
                factors,
                "optimizer",
                used.optimizers().stream().map(o -> o.kind()).distinct().toList());
        return factors.isEmpty() ? "" : " Does it matter which " + String.join(", or which ", factors) + "?";
    }

    private static void compared(List<String> factors, String name, List<String> levels) {
        if (levels.size() > 1) {
            factors.add(name + " (" + String.join(", ", levels) + ")");
        }
    }

    private static String retrained(StudySpec spec) {
        return "And when each trained model θ₁ is perturbed ("
                + String.join(
                        ", ",
                        spec.perturbations().stream().map(RunNames::perturbed).toList())
                + ") and trained again, does it come back, stay where it was put, or end elsewhere, beyond what training"
                + " again does to an unperturbed twin? " + twins(spec) + controls(spec);
    }

    private static String twins(StudySpec spec) {
        if (spec.twins().isEmpty()) {
            return "No twins were asked for, so that a return cannot be told from the drift of retraining.";
        }
        return "Controls of every trained model: "
                + String.join(
                        ", ", spec.twins().stream().map(QuestionSection::twin).toList()) + ".";
    }

    private static String twin(TwinRequest twin) {
        return counted(twin.count(), "twin") + " with "
                + twin.kind()
                        .replace("-", " ")
                        .replace("same", "the same")
                        .replace("new seed", twin.count() == 1 ? "a new seed" : "new seeds");
    }

    private static String controls(StudySpec spec) {
        List<String> controls = spec.perturbations().stream()
                .filter(p -> Perturbation.draws(p.kind()))
                .map(RunNames::perturbed)
                .toList();
        return controls.isEmpty()
                ? ""
                : " Random perturbations to hold the others against: " + String.join(", ", controls) + ".";
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String either(List<String> names) {
        return String.join(" or ", names);
    }
}
