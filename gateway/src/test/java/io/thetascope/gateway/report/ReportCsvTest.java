package io.thetascope.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.identity.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportCsvTest {
    private static final ReportFixture QUICK = ReportFixture.finished("quick");

    @Test
    void hasAHeaderAndOneRecordPerRunOfEqualLength() {
        List<String> lines = ReportCsv.text(QUICK.report()).lines().toList();
        assertThat(lines).hasSize(21);
        int columns = lines.get(0).split(",", -1).length;
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(columns));
    }

    @Test
    void putsANumberUnderItsNameInFullPrecision() {
        Report report = QUICK.report();
        List<String> lines = ReportCsv.text(report).lines().toList();
        List<String> names = List.of(lines.get(0).split(",", -1));
        RunRow flip = report.runs().get(4);
        Retraining r = Objects.requireNonNull(flip.retraining());
        String[] record = lines.get(5).split(",", -1);

        assertThat(record[names.indexOf("run_id")]).isEqualTo(flip.runId().value());
        assertThat(record[names.indexOf("perturbation")]).isEqualTo("sign-flip");
        assertThat(record[names.indexOf("recovery")]).isEqualTo(String.valueOf(r.recovery()));
        assertThat(record[names.indexOf("distance_epoch_15_20")])
                .isEqualTo(String.valueOf(flip.distances().get(3).distance()));
    }

    @Test
    void leavesWhatIsNotKnownEmpty() {
        List<String> lines = ReportCsv.text(QUICK.report()).lines().toList();
        List<String> names = List.of(lines.get(0).split(",", -1));
        assertThat(lines.get(1).split(",", -1)[names.indexOf("recovery")]).isEmpty();
    }

    @Test
    void quotesCommasQuotesAndLineEndsAsRfc4180Says() {
        String csv = ReportCsv.text(ReportFixture.finished("quick")
                .with(QuickStudy.bases().get(0).runId(), "failed", "he said \"no\", twice\nand left")
                .report());
        assertThat(csv).contains(",\"he said \"\"no\"\", twice\nand left\",").contains("\r\n");
    }

    @Test
    void hasEveryColumnExplained() throws IOException {
        String explained;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/report/columns.md"))) {
            explained = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(ComparisonColumn.all())
                .allSatisfy(column -> assertThat(explained).contains("| `" + column.name() + "` |"));
        assertThat(RunColumn.of(QUICK.report().runs())).allSatisfy(column -> {
            String name = column.name().replaceFirst("(epoch|step)_\\d+_\\d+$", "$1_A_B");
            assertThat(explained).contains("| `" + name + "` |");
        });
    }

    @Test
    void explainsNoColumnThatIsNotThere() throws IOException {
        Set<String> there = Stream.concat(
                        RunColumn.of(QUICK.report().runs()).stream().map(RunColumn::name),
                        ComparisonColumn.all().stream().map(ComparisonColumn::name))
                .collect(Collectors.toSet());
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/report/columns.md"))) {
            String explained = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(explained
                            .lines()
                            .filter(line -> line.startsWith("| `"))
                            .map(line -> line.substring(3, line.indexOf('`', 3))))
                    .filteredOn(name -> !name.endsWith("_A_B"))
                    .allMatch(there::contains);
        }
    }

    @Test
    void hasOneRecordPerComparisonWithItsParts() {
        Report report = QUICK.report();
        List<String> lines = ReportCsv.comparisons(report).lines().toList();
        List<String> names = List.of(lines.get(0).split(",", -1));
        assertThat(lines).hasSize(1 + report.comparisons().size());

        ComparisonRow flip = report.comparisons().get(0);
        String[] record = lines.get(1).split(",", -1);
        assertThat(record).hasSize(names.size());
        assertThat(record[names.indexOf("kind")]).isEqualTo("perturbation");
        assertThat(record[names.indexOf("distance")]).isEqualTo(String.valueOf(flip.distance()));
        assertThat(record[names.indexOf("live_parameters")]).isEqualTo("61706");
        assertThat(record[names.indexOf("live_recovery")])
                .isEqualTo(String.valueOf(Objects.requireNonNull(flip.live()).recovery()));
        assertThat(record[names.indexOf("modulo_sign_distance")]).isEmpty();
        assertThat(record[names.indexOf("cka")]).isEqualTo("0.74");
    }

    @Test
    void givesAComparisonWithoutNumbersItsReason() {
        RunId child = QuickStudy.family(QuickStudy.bases().get(0)).get(0).runId();
        Report report = ReportFixture.finished("quick")
                .changing(child, AnalysisKind.PERTURBATION, a -> ReportFixture.refused(a, "not finite"))
                .report();
        assertThat(ReportCsv.comparisons(report).lines().toList().get(1)).contains(",perturbation,refused,not finite,");
    }
}
