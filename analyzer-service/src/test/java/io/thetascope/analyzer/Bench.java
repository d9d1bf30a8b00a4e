package io.thetascope.analyzer;

import io.thetascope.analyzer.cache.FileCache;
import io.thetascope.analyzer.features.Device;
import io.thetascope.analyzer.features.FeatureModel;
import io.thetascope.analyzer.measurement.AnalysisWorker;
import io.thetascope.analyzer.measurement.Instruments;
import io.thetascope.analyzer.planning.AnalysisPlanner;
import io.thetascope.analyzer.records.AnalysisRecords;
import io.thetascope.analyzer.records.RunRecords;
import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.jobqueue.JobEnding;
import io.thetascope.jobqueue.Lease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** The analyzer without its edge, over a store in memory. */
public final class Bench {
    public final World world;
    public final RecordedFacts facts = new RecordedFacts();
    private final AnalysisPlanner planner;
    private final AnalysisWorker worker;
    private long offset;

    public Bench(Path folder) {
        this(folder, 1L << 30);
    }

    /** An analyzer whose heap has these bytes. */
    public Bench(Path folder, long heapBytes) {
        InstantSource clock = InstantSource.fixed(World.NOW);
        ObjectStore store = new InMemoryObjectStore(clock);
        this.world = new World(store, created(folder.resolve("world")));
        RunRecords runs = new RunRecords(store);
        AnalysisRecords analyses = new AnalysisRecords(store);
        FileCache cache = new FileCache(store, folder.resolve("cache"), 100 << 20);
        this.planner = new AnalysisPlanner(runs, analyses, facts, clock);
        this.worker = new AnalysisWorker(
                runs, analyses, new Instruments(store, cache, new FeatureModel(Device.CPU), heapBytes), facts, clock);
    }

    private static Path created(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void fact(Event event) {
        planner.handle(event);
    }

    public JobEnding work(AnalysisRequest request) {
        return work(new AnalysisJob(request.id(), request));
    }

    public JobEnding work(AnalysisJob job) {
        return worker.run(job, Attempt.of(offset++, 1), new Lease(() -> 0L, Duration.ofSeconds(30), 0));
    }

    public AnalysisWorker worker() {
        return worker;
    }

    /** Works until no job is left. */
    public void drain() {
        for (var jobs = facts.takeJobs(); !jobs.isEmpty(); jobs = facts.takeJobs()) {
            jobs.forEach(this::work);
        }
    }
}
