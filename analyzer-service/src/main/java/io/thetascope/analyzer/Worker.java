package io.thetascope.analyzer;

import io.micrometer.core.instrument.MeterRegistry;
import io.thetascope.analyzer.cache.FileCache;
import io.thetascope.analyzer.features.Device;
import io.thetascope.analyzer.features.DeviceCheck;
import io.thetascope.analyzer.features.FeatureModel;
import io.thetascope.analyzer.measurement.AnalysisWorker;
import io.thetascope.analyzer.measurement.Instruments;
import io.thetascope.analyzer.metrics.TimedAnalyses;
import io.thetascope.analyzer.records.AnalysisRecords;
import io.thetascope.analyzer.records.RunRecords;
import io.thetascope.artifacts.ProcessFolder;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.event.ShareGroup;
import io.thetascope.contracts.event.Topic;
import io.thetascope.jobqueue.JobKind;
import io.thetascope.jobqueue.JobQueue;
import io.thetascope.jobqueue.JobQueueSettings;
import io.thetascope.messaging.Facts;
import io.thetascope.metrics.JobMeters;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes what works on analysis jobs. */
@Singleton
class Worker {
    @Produces
    @Singleton
    FileCache cache(ObjectStore store, AnalyzerConfig config) {
        Path folder = ProcessFolder.claim(config.analyzer().cacheDir());
        return new FileCache(store, folder, config.analyzer().cacheBytes());
    }

    /** Refuses to start on a device that is not there. */
    @Produces
    @Singleton
    FeatureModel model(FileCache cache, AnalyzerConfig config) {
        FeatureModel model = new FeatureModel(Device.of(config.analyzer().device()));
        DeviceCheck.require(model, cache.folder());
        return model;
    }

    @Produces
    @Singleton
    AnalysisWorker worker(
            ObjectStore store,
            RunRecords runs,
            AnalysisRecords analyses,
            FileCache cache,
            FeatureModel model,
            Facts facts,
            InstantSource clock) {
        Instruments instruments =
                new Instruments(store, cache, model, Runtime.getRuntime().maxMemory());
        return new AnalysisWorker(runs, analyses, instruments, facts, clock);
    }

    @Produces
    @Singleton
    JobQueue<AnalysisJob> queue(
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            AnalyzerConfig config,
            AnalysisWorker worker,
            ObjectStore store,
            InstantSource clock,
            MeterRegistry meters) {
        String name = config.analyzer().worker().orElseGet(Worker::processName);
        return new JobQueue<>(
                JobQueueSettings.of(bootstrapServers, ShareGroup.ANALYZERS, name),
                JobKind.analysis(),
                new TimedAnalyses(worker, meters),
                store,
                clock,
                System::nanoTime,
                new JobMeters(meters, Topic.ANALYSIS_JOBS));
    }

    private static String processName() {
        long pid = ProcessHandle.current().pid();
        try {
            return InetAddress.getLocalHost().getHostName() + "-" + pid;
        } catch (UnknownHostException e) {
            return "analyzer-" + pid; // a host need not know its own name
        }
    }
}
