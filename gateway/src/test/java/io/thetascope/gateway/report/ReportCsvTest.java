package io.thetascope.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
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
        assertThat(RunColumn.of(QUICK.report().runs())).allSatisfy(column -> {
            String name = column.name().replaceFirst("(epoch|step)_\\d+_\\d+$", "$1_A_B");
            assertThat(explained).contains("| `" + name + "` |");
        });
    }
}
