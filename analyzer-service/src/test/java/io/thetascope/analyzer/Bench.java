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
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.json.Json;
import io.thetascope.jobqueue.JobEnding;
import io.thetascope.jobqueue.Lease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/** The analyzer without its edge, over a store in memory. */
public final class Bench {
    private static final InstantSource CLOCK = InstantSource.fixed(World.NOW);

    public final World world;
    public final RecordedFacts facts = new RecordedFacts();
    private final AnalysisPlanner planner;
    private final AnalysisWorker worker;
    private final Path cacheFolder;
    private long offset;

    public Bench(Path folder) {
        this(folder, 1L << 30);
    }

    /** An analyzer whose heap has these bytes. */
    public Bench(Path folder, long heapBytes) {
        this(new World(new InMemoryObjectStore(CLOCK), created(folder.resolve("world"))), folder, heapBytes);
    }

    private Bench(World world, Path folder, long heapBytes) {
        InstantSource clock = CLOCK;
        this.world = world;
        ObjectStore store = world.store();
        RunRecords runs = new RunRecords(store);
        AnalysisRecords analyses = new AnalysisRecords(store);
        FileCache cache = new FileCache(store, folder.resolve("cache"), 100 << 20);
        this.cacheFolder = cache.folder();
        this.planner = new AnalysisPlanner(runs, analyses, facts, clock);
        this.worker = new AnalysisWorker(
                runs, analyses, new Instruments(store, cache, new FeatureModel(Device.CPU), heapBytes), facts, clock);
    }

    /** Returns another analyzer over the same store, with nothing in its cache. */
    public Bench restarted(Path folder) {
        return new Bench(world, folder, 1L << 30);
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

    /** Works on a request that must be measured, and returns its ending. */
    public AnalysisCompleted measured(AnalysisRequest request) {
        work(request);
        AnalysisCompleted ending = facts.last();
        if (!ending.analysisId().equals(request.id()) || ending.outcome() != AnalysisOutcome.MEASURED) {
            throw new AssertionError(request.kind() + " was not measured: " + ending);
        }
        return ending;
    }

    /** Works on a request that must be measured, and returns its numbers. */
    public <T> T result(AnalysisRequest request, Class<T> type) {
        return Json.read(Objects.requireNonNull(measured(request).result()), type);
    }

    /** Works on a request that must be refused, and returns the reason. */
    public String refused(AnalysisRequest request) {
        work(request);
        AnalysisCompleted ending = facts.last();
        if (!ending.analysisId().equals(request.id()) || ending.outcome() != AnalysisOutcome.REFUSED) {
            throw new AssertionError(request.kind() + " was not refused: " + ending);
        }
        return Objects.requireNonNull(ending.reason());
    }

    public JobEnding work(AnalysisJob job) {
        return worker.run(job, Attempt.of(offset++, 1), new Lease(() -> 0L, Duration.ofSeconds(30), 0));
    }

    /** Returns where the analyzer keeps files. */
    public Path cacheFolder() {
        return cacheFolder;
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
