package io.thetascope.gateway.report.page;

import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.contracts.study.DatasetSource;
import io.thetascope.gateway.report.Command;
import io.thetascope.gateway.report.NotMeasured;
import io.thetascope.gateway.report.Provenance;
import io.thetascope.gateway.report.Report;
import io.thetascope.gateway.report.RunProvenance;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is missing and why, where the numbers come from, and how to get them again. */
final class ProvenanceSection {
    private final Provenance provenance;
    private final Report report;
    private final Runs runs;

    ProvenanceSection(Report report, Runs runs) {
        this.provenance = report.provenance();
        this.report = report;
        this.runs = runs;
    }

    void missing(Markup out) {
        out.open("section", "aria-labelledby", "missing").leaf("h2", "What is not here", "id", "missing");
        List<NotMeasured> ended =
                provenance.notMeasured().stream().filter(NotMeasured::ended).toList();
        int open = provenance.notMeasured().size() - ended.size();
        if (open > 0) {
            out.leaf("p", open + " analyses have not ended; their numbers are shown as " + Numbers.MISSING + ".");
        }
        endedRuns(out);
        if (ended.isEmpty()) {
            out.leaf("p", "No analysis was refused, none failed.");
        } else {
            analyses(out, ended);
        }
        out.close("section").line();
    }

    private void endedRuns(Markup out) {
        List<String> states = List.of("diverged", "failed", "cancelled", "skipped");
        var bad = report.runs().stream()
                .filter(run -> states.contains(run.state()))
                .toList();
        if (bad.isEmpty()) {
            return;
        }
        Table table = new Table(out, "Runs that did not finish", List.of("Run", "Ended as", "Reason"));
        bad.forEach(run -> {
            table.startRow("suspect", runs.names().of(run), run.runId().value());
            table.words(run.state());
            table.words(orDash(run.reason()));
            table.endRow();
        });
        table.end();
    }

    private void analyses(Markup out, List<NotMeasured> ended) {
        Table table =
                new Table(out, "Analyses that could not be measured", List.of("Analysis", "Of", "Outcome", "Reason"));
        for (NotMeasured analysis : ended) {
            table.startRow(
                    "suspect",
                    Json.tree(analysis.kind()).asText(),
                    analysis.analysisId().value());
            table.words(analysis.inputs().stream()
                    .map(i -> runs.names().of(i.runId()) + " at step " + i.step())
                    .distinct()
                    .collect(Collectors.joining("; ")));
            table.words(analysis.outcome());
            table.words(orDash(analysis.reason()));
            table.endRow();
        }
        table.end();
    }

    void origin(Markup out) {
        out.open("section", "aria-labelledby", "provenance")
                .leaf("h2", "Provenance", "id", "provenance")
                .open("dl");
        item(out, "Study", report.study().studyId().value());
        item(out, "Software", "Thetascope " + provenance.softwareVersion());
        item(out, "Accepted", at(provenance.acceptedAt()));
        item(out, "Completed", at(provenance.completedAt()));
        item(out, "Environment", environment());
        out.close("dl");
        if (provenance.notRepeatable() != null) {
            out.leaf("p", provenance.notRepeatable());
        }
        resumedElsewhere(out);
        datasets(out);
        madeBy(out);
        checkpoints(out);
        out.leaf("h3", "To reproduce");
        for (Command command : provenance.commands()) {
            out.leaf("p", command.does() + ":")
                    .open("pre", "tabindex", "0")
                    .leaf("code", command.line())
                    .close("pre");
        }
        out.close("section").line();
    }

    private String environment() {
        String all =
                provenance.fingerprints().isEmpty() ? Numbers.MISSING : String.join("; ", provenance.fingerprints());
        return provenance.fingerprints().size() > 1 ? all + " (several: runs may differ by rounding)" : all;
    }

    private void resumedElsewhere(Markup out) {
        for (RunProvenance run : provenance.runs()) {
            if (!run.earlierEnvironments().isEmpty()) {
                String first = run.earlierEnvironments().stream()
                        .map(Environment::fingerprint)
                        .collect(Collectors.joining("; then "));
                out.leaf(
                        "p",
                        runs.names().of(run.runId()) + " (" + run.runId()
                                + "): resumed in another environment: its first part was computed with " + first
                                + "; equal bits are not promised for it.",
                        "class",
                        "notice");
            }
        }
    }

    private void datasets(Markup out) {
        Table table = new Table(
                out,
                "Data sets",
                List.of("Data set", "Source", "Official checksums", "Images", "SHA-256 of the canonical file"));
        for (DatasetSource source : provenance.datasets()) {
            table.startRow("", source.name(), "");
            table.words(source.source());
            table.words(source.official() ? "yes" : "NO");
            table.words(Numbers.whole(source.train()) + " + " + Numbers.whole(source.test()));
            table.code(source.digest().value());
            table.endRow();
        }
        table.end();
    }

    private void madeBy(Markup out) {
        out.open("details").leaf("summary", "How each run was made");
        Table table = new Table(
                out,
                "How each run was made",
                List.of("Run", "Attempt", "Started", "Finished", "Images/s", "Java", "System"));
        for (RunProvenance run : provenance.runs()) {
            table.startRow("", runs.names().of(run.runId()), run.runId().value());
            table.words(run.attempt() == null ? Numbers.MISSING : run.attempt().value());
            table.words(at(run.startedAt()));
            table.words(at(run.finishedAt()));
            table.number(Numbers.fixed(run.imagesPerSecond(), 0));
            table.words(
                    run.environment() == null
                            ? Numbers.MISSING
                            : run.environment().java());
            table.words(
                    run.environment() == null
                            ? Numbers.MISSING
                            : run.environment().os());
            table.endRow();
        }
        table.end();
        out.close("details");
    }

    private void checkpoints(Markup out) {
        out.open("details").leaf("summary", "Checkpoints and their digests");
        Table table = new Table(out, "Checkpoints", List.of("Run", "Step", "Epoch", "Bytes", "SHA-256"));
        for (RunProvenance run : provenance.runs()) {
            for (StoredCheckpoint checkpoint : run.checkpoints()) {
                table.startRow("", runs.names().of(run.runId()), run.runId().value());
                table.number(checkpoint.step().toString());
                table.number(Integer.toString(checkpoint.epoch()));
                table.number(Numbers.whole(checkpoint.artifact().bytes()));
                table.code(checkpoint.artifact().sha256().value());
                table.endRow();
            }
        }
        table.end();
        out.close("details");
    }

    private static String at(@Nullable Instant instant) {
        return instant == null
                ? Numbers.MISSING
                : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String orDash(@Nullable String text) {
        return text == null ? Numbers.MISSING : text;
    }

    private static void item(Markup out, String term, String text) {
        out.leaf("dt", term).leaf("dd", text).line();
    }
}
