import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.EpochCompleted;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Figures;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.planning.PlannedStudy;
import io.thetascope.gateway.projection.FactPosition;
import io.thetascope.gateway.projection.FactProjection;
import io.thetascope.gateway.testing.Samples;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcDataSource;

/**
 * CPU time that the gateway's read model takes for a fact, by the size of the study, on an H2 file. Thread CPU time, not wall
 * time: H2 runs in the thread that calls it, and the machine is shared. The class path is the packaged gateway and its test classes.
 */
public final class ProjectionRate {
    private static final Attempt ATTEMPT = Attempt.of(1, 1);
    private static long offset;

    public static void main(String[] arguments) throws Exception {
        System.out.println("runs analyses | milliseconds of CPU a fact: accepted epoch finished measured");
        for (String seeds : arguments) {
            measure(Integer.parseInt(seeds));
        }
    }

    private static void measure(int seeds) throws Exception {
        String list = IntStream.rangeClosed(1, seeds).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        PlannedStudy planned = Samples.plan("""
                networks: [lenet]
                datasets: [fashion-mnist]
                initializations: [kaiming-uniform, kaiming-normal]
                optimizers: [sgd, adam]
                perturbations: [sign-flip, epsilon]
                comparisons: none
                seeds: [%s]
                """.formatted(list));
        AcceptedStudy study = planned.study();
        Path folder = Files.createTempDirectory("projection-rate");
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + folder.resolve("db")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;LOCK_TIMEOUT=10000;WRITE_DELAY=0;DB_CLOSE_DELAY=-1");
        Database database = new Database(source);
        for (String script : List.of(
                "V1__read_model", "V2__donors", "V3__validation_evidence_environments", "V4__runs_of_analyses")) {
            database.run(s -> s.update("RUNSCRIPT FROM 'classpath:db/migration/" + script + ".sql'"));
        }
        FactProjection projection = new FactProjection(database, id -> Optional.of(study), (session, fact) -> {});
        int runs = study.runs().size();
        int analyses = study.analyses().size();
        double accepted = each(projection, 1, i -> new StudyAccepted(study.studyId(), 1, "", runs, analyses));
        Figures figures = new Figures(0.5, 0.8);
        double epoch = each(projection, 1_000, i -> new EpochCompleted(
                study.runs().get(i % runs).runId(),
                ATTEMPT,
                new EpochFigures(1 + i / runs, new Step(1 + i / runs), figures, figures),
                3_000.0));
        double finished = each(projection, Math.min(runs, 200), i ->
                Samples.ended(study.runs().get(i).runId(), ATTEMPT, RunOutcome.FINISHED, Samples.NOON));
        double measured = each(projection, Math.min(analyses, 300), i -> measured(study.analyses().get(i)));
        System.out.printf("%d %d | %.1f %.2f %.2f %.2f%n", runs, analyses, accepted, epoch, finished, measured);
    }

    private static AnalysisCompleted measured(AnalysisRequest request) {
        return new AnalysisCompleted(
                request.id(),
                ATTEMPT,
                request,
                AnalysisOutcome.MEASURED,
                null,
                List.of(),
                Json.tree(Map.of("distance", 1.5, "filler", "x".repeat(4_000))),
                null,
                Samples.NOON);
    }

    private static double each(FactProjection projection, int times, IntFunction<Event> fact) {
        List<Event> facts = IntStream.range(0, times).mapToObj(fact).toList();
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        for (Event event : facts) {
            projection.apply(event, new FactPosition(event.topic().topicName(), 0, offset++, Samples.NOON));
        }
        return (threads.getCurrentThreadCpuTime() - before) / 1e6 / times;
    }
}
