package io.thetascope.gateway.reading;

import static io.thetascope.gateway.testing.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.planning.PairAnalyses;
import io.thetascope.gateway.projection.FactPosition;
import io.thetascope.gateway.projection.FactProjection;
import io.thetascope.gateway.projection.StudyRows;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.gateway.testing.TestDatabase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnalysesOfRunTest {
    private static final AcceptedStudy STUDY =
            Samples.plan("{preset: quick, perturbations: []}").study();
    private static final RunId RUN = STUDY.runs().get(0).runId();

    private final Database database = TestDatabase.create();
    private final AnalysisReading analyses = new AnalysisReading(database);

    private static List<AnalysisRequest> thatRead(RunId run) {
        return STUDY.analyses().stream().filter(a -> a.runs().contains(run)).toList();
    }

    @Test
    void areThoseOfADatabaseFromBeforeTheyWereKeptToo() {
        // Given a study that was accepted before
        database.run(session -> {
            new StudyRows(session).insert(STUDY, "", 1, NOON);
            session.update("DROP TABLE analysis_run");
        });
        // When the gateway is updated
        TestDatabase.migrate(database, "V4__runs_of_analyses.sql");
        // Then both sides of a comparison know it
        assertThat(analyses.reading(RUN))
                .extracting(AnalysisReading.Known::request)
                .containsExactlyInAnyOrderElementsOf(thatRead(RUN));
    }

    @Test
    void comeBackFromTheFactsAloneWhenTheDatabaseWasLost() {
        AnalysisRequest pair = PairAnalyses.of(
                        STUDY.runs().get(0).spec(), STUDY.runs().get(1).spec())
                .pair();
        FactProjection projection = new FactProjection(database, id -> Optional.empty(), (session, fact) -> {});
        List<AnalysisRequest> asked =
                List.of(RunAnalyses.order(STUDY.runs().get(0).spec()), pair);
        for (int i = 0; i < asked.size(); i++) {
            AnalysisRequest request = asked.get(i);
            projection.apply(
                    new AnalysisCompleted(
                            request.id(),
                            Attempt.of(0, 1),
                            request,
                            AnalysisOutcome.REFUSED,
                            "the probe set is missing",
                            List.of(),
                            null,
                            null,
                            NOON),
                    new FactPosition("thetascope.analyses.v1", 0, i, NOON));
        }
        for (int side = 0; side < 2; side++) {
            assertThat(analyses.reading(STUDY.runs().get(side).runId()))
                    .filteredOn(known -> known.id().equals(pair.id()))
                    .singleElement()
                    .extracting(AnalysisReading.Known::reason)
                    .isEqualTo("the probe set is missing");
        }
        assertThat(analyses.reading(RUN)).hasSize(2);
    }
}
