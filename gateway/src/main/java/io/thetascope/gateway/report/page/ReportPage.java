package io.thetascope.gateway.report.page;

import io.thetascope.gateway.report.Report;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;

/** The page: one file without script, and nothing in it is fetched from elsewhere. */
public final class ReportPage {
    private static final String ICON =
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
                    + "%3Ctext y='13' font-size='14'%3E%CE%B8%3C/text%3E%3C/svg%3E";

    private final Report report;
    private final Runs runs;

    private ReportPage(Report report) {
        this.report = report;
        this.runs = Runs.of(report.runs());
    }

    /** Writes a report as HTML that is well-formed XML too. */
    public static String html(Report report) {
        return "<!DOCTYPE html>\n" + new ReportPage(report).page() + "\n";
    }

    /** Returns the policy that the page itself names, for those who send it. */
    public static String policy() {
        return StyleSheet.read().policy();
    }

    private Markup page() {
        StyleSheet style = StyleSheet.read();
        Markup out = new Markup().open("html", "lang", "en").open("head");
        out.empty("meta", "charset", "utf-8");
        out.empty("meta", "http-equiv", "Content-Security-Policy", "content", style.policy());
        out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        out.empty("meta", "name", "color-scheme", "content", "light dark");
        out.leaf("title", report.study().title() + " · Thetascope report");
        out.empty("link", "rel", "icon", "href", ICON);
        out.style(style.css()).close("head").line().open("body").open("main").line();
        header(out);
        new QuestionSection(report).write(out);
        new DesignSection(report).write(out);
        tables(out);
        new UnmovedSection(runs, report.runs(), report.provenance().notMeasured()).write(out);
        features(out);
        new OrderSection(runs, report).write(out);
        new AlignmentTable(runs, report.alignment()).write(out);
        new LazinessTable(runs).write(out);
        new FactorsSection(report.factors()).write(out);
        new EscapeSection(report.escape()).write(out);
        new IntegrityTable(runs, report).write(out);
        new VerdictsSection(report.verdicts()).write(out);
        charts(out);
        new PathSection(runs, report.paths()).write(out);
        new SymmetrySection(runs, report.symmetries()).write(out);
        new BarrierSection(runs, report.barriers()).write(out);
        new DeckSection(report.deck()).write(out);
        ProvenanceSection provenance = new ProvenanceSection(report, runs);
        provenance.missing(out);
        provenance.origin(out);
        return out.close("main").close("body").close("html");
    }

    private void header(Markup out) {
        out.open("header").leaf("h1", report.study().title()).open("p");
        out.leaf(
                "span",
                report.study().state(),
                "class",
                "state " + report.study().state());
        out.text(" Thetascope report on study ")
                .leaf("code", report.study().studyId().value());
        out.close("p").close("header").line();
        if (report.study().state().equals("running")) {
            out.leaf("p", "This study is still running: what follows is what is known so far.", "class", "notice");
        }
        new IntegrityTable(runs, report).alarm(out);
    }

    private void features(Markup out) {
        out.open("section", "aria-labelledby", "features").leaf("h2", "Features", "id", "features");
        new FeaturesTable(runs).write(out);
        new SimilarityTable(runs, report.comparisons()).write(out);
        out.close("section").line();
    }

    private void tables(Markup out) {
        out.open("section", "aria-labelledby", "runs").leaf("h2", "Runs", "id", "runs");
        new MovementTable(runs, report.runs()).write(out);
        out.leaf(
                "p",
                "Changed is F(0), the share of parameters that differ from the run's own start. Mean |ρ| is over pairs of"
                        + " penultimate units on the probe images after the last step; unrelated units would have "
                        + nullLevel() + ". Shares are cut, not rounded. ✓ and ✗ say"
                        + " whether the accuracy reaches the gate. θ₀ of a retraining is its"
                        + " own starting point. " + Numbers.MISSING + " is a number that is not known.",
                "class",
                "note");
        if (!runs.families().isEmpty()) {
            new RetrainingTable(runs).write(out);
            out.leaf(
                    "p",
                    "θ₁ trained, θₚ perturbed, θ₂ retrained. R = 1 − ‖θ₂ − θ₁‖ / ‖θₚ − θ₁‖ (1: came back). S = ‖θ₂ − θₚ‖ /"
                            + " ‖θₚ − θ₁‖ (0: stayed where it was put). Where the displacement is below a tenth of what"
                            + " retraining alone moves, R and S say nothing and only the twins do. ÷ drift: ‖θ₂ − θ₁‖ as a"
                            + " multiple of the same-seed twin's. E: distance of the perturbed run's end from the same-seed"
                            + " twin's. N: distance between the twins' ends, a change of data order alone; the mean over the twins"
                            + " with a new seed. Regained: the first epoch with test accuracy of at least θ₁'s less half a point.",
                    "class",
                    "note");
        }
        out.close("section").line();
    }

    private String nullLevel() {
        return report.runs().stream()
                .map(run -> Numbers.fixed(run.nullMeanAbsCorrelation(), 4))
                .filter(text -> !text.equals(Numbers.MISSING))
                .distinct()
                .reduce((a, b) -> a + " or " + b)
                .orElse("a level that is not known yet");
    }

    private void charts(Markup out) {
        Curves curves = new Curves(report);
        section(
                out,
                "accuracy",
                curves.validated() ? "Test and validation accuracy by epoch" : "Test accuracy by epoch",
                curves.accuracy());
        section(out, "distance", "Distance between consecutive checkpoints", curves.distances());
        section(out, "norm", "Norm of the parameters", curves.norms());
        section(out, "changed", "How many parameters changed, and by how much", new ChangedCurve(report));
        section(out, "correlation", "Correlation between features", curves.correlations());
        if (!runs.families().isEmpty()) {
            out.open("section", "aria-labelledby", "triangles");
            out.leaf("h2", "Where retraining ended", "id", "triangles");
            out.leaf(
                    "p",
                    "Each triangle has its own scale, given by the bar. Solid: from θ₁ to θ₂. Dashed: from θₚ to θ₂.",
                    "class",
                    "note");
            new Triangles(runs).write(out);
            new PartsTable(runs, report.comparisons()).write(out);
            out.close("section").line();
        }
    }

    private void section(Markup out, String name, String title, Panels.Curve curve) {
        out.open("section", "aria-labelledby", name)
                .leaf("h2", title, "id", name)
                .line();
        new Panels(runs, name + "-chart", title, curve).write(out);
        out.close("section").line();
    }
}
