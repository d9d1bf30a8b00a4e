package io.thetascope.analyzer.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.analyzer.Bench;
import io.thetascope.analyzer.Family;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunSpec;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulation: objects appear, facts and jobs are handled later, in any order, some twice. */
class AnyOrderTest {
    private static final int ORDERS = 12;

    @TempDir
    private Path folder;

    @Test
    void factsInAnyOrderLeadToTheSameResults() {
        // Given one world after the other, each with its own order
        Map<AnalysisId, String> expected = results(0);

        // Then
        for (int seed = 1; seed < ORDERS; seed++) {
            assertThat(results(seed)).as("order %s", seed).isEqualTo(expected);
        }
    }

    private Map<AnalysisId, String> results(int seed) {
        Bench bench = new Bench(folder.resolve("order-" + seed));
        Family family = Family.of(bench.world, 1);
        new Simulation(bench, family, new Random(seed)).run();
        Map<AnalysisId, String> results = new HashMap<>();
        for (AnalysisCompleted ending : bench.facts.endings()) {
            assertThat(ending.outcome()).isEqualTo(AnalysisOutcome.MEASURED);
            String result = Json.canonical(Objects.requireNonNull(ending.result()));
            assertThat(results.getOrDefault(ending.analysisId(), result)).isEqualTo(result);
            results.put(ending.analysisId(), result);
        }
        assertThat(results.keySet())
                .isEqualTo(family.analyses().stream().map(AnalysisRequest::id).collect(Collectors.toSet()));
        return results;
    }

    /** What the outside does, each thing in its own order, and what the analyzer has not yet handled. */
    private static final class Simulation {
        private final Bench bench;
        private final Random random;
        private final List<Queue<Supplier<Event>>> outside = new ArrayList<>();
        private final List<Event> facts = new ArrayList<>();
        private final List<AnalysisJob> jobs = new ArrayList<>();

        Simulation(Bench bench, Family family, Random random) {
            this.bench = bench;
            this.random = random;
            outside.add(new ArrayDeque<>(List.of(() -> family.accepted(bench.world))));
            family.runs().forEach(r -> outside.add(training(r)));
        }

        private Queue<Supplier<Event>> training(RunSpec run) {
            List<CheckpointStored> lineage = new ArrayList<>();
            Queue<Supplier<Event>> doings = new ArrayDeque<>();
            for (long step : new long[] {0, 2, 4}) {
                doings.add(() -> {
                    lineage.add(bench.world.checkpoint(run, step, 0));
                    return lineage.get(lineage.size() - 1);
                });
            }
            doings.add(() -> bench.world.ended(run, RunOutcome.FINISHED, lineage.toArray(CheckpointStored[]::new)));
            return doings;
        }

        void run() {
            while (!outside.isEmpty() || !facts.isEmpty() || !jobs.isEmpty()) {
                switch (random.nextInt(3)) {
                    case 0 -> happen();
                    case 1 -> handleFact();
                    default -> handleJob();
                }
                jobs.addAll(bench.facts.takeJobs());
            }
        }

        private void happen() {
            if (!outside.isEmpty()) {
                Queue<Supplier<Event>> one = outside.get(random.nextInt(outside.size()));
                facts.add(one.remove().get());
                outside.removeIf(Queue::isEmpty);
            }
        }

        private void handleFact() {
            if (!facts.isEmpty()) {
                int index = random.nextInt(facts.size());
                bench.fact(facts.get(index));
                if (random.nextInt(4) > 0) { // else it comes again
                    facts.remove(index);
                }
            }
        }

        private void handleJob() {
            if (!jobs.isEmpty()) {
                int index = random.nextInt(jobs.size());
                bench.work(jobs.get(index));
                if (random.nextInt(4) > 0) {
                    jobs.remove(index);
                }
            }
        }
    }
}
