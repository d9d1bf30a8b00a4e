package io.thetascope.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.gateway.report.http.ReportResource;
import io.thetascope.gateway.request.RefusedRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportTablesTest {
    private static final ReportFixture QUICK = ReportFixture.finished("quick");

    private final String id = QUICK.study().studyId().value();
    private final ReportResource resource = new ReportResource(study -> Optional.of(QUICK.data()));

    @Test
    void isTheTableOfRunsUnlessComparisonsAreAskedFor() {
        assertThat(csv(null)).startsWith("run_id,generation,role,").isEqualTo(csv("runs"));
        assertThat(csv("comparisons")).startsWith("comparison_id,kind,outcome,");
    }

    @Test
    void refusesATableThatThereIsNotAndNamesThoseThereAre() {
        assertThatThrownBy(() -> csv("layers"))
                .isInstanceOfSatisfying(
                        RefusedRequestException.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .satisfies(problem ->
                                        assertThat(problem.toString()).contains("layers", "runs or comparisons")));
    }

    private String csv(@Nullable String table) {
        return new String((byte[]) resource.csv(id, table).getEntity(), StandardCharsets.UTF_8);
    }
}
