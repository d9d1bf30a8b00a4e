package io.thetascope.analyzer;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.thetascope.analyzer.metrics.TimedAnalyses;
import io.thetascope.analyzer.planning.AnalysisPlanner;
import io.thetascope.analyzer.records.AnalysisRecords;
import io.thetascope.analyzer.records.RunRecords;
import io.thetascope.artifacts.store.MinioObjectStore;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.artifacts.store.StoreLocation;
import io.thetascope.artifacts.store.StoreRefusedException;
import io.thetascope.artifacts.store.StoreUnavailableException;
import io.thetascope.contracts.event.Topic;
import io.thetascope.messaging.DeadLetters;
import io.thetascope.messaging.EventPublisher;
import io.thetascope.messaging.EventRecords;
import io.thetascope.messaging.FactInbox;
import io.thetascope.messaging.Facts;
import io.thetascope.messaging.TransientFailures;
import io.thetascope.metrics.DeadLetterCount;
import io.thetascope.metrics.InboxMeters;
import io.thetascope.metrics.MeteredFacts;
import io.thetascope.metrics.MeteredObjectStore;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/** Makes and closes what the service talks through. */
@Singleton
class Connections {
    private static final String SERVICE = "analyzer";

    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    @Typed(MinioObjectStore.class)
    MinioObjectStore store(AnalyzerConfig config) {
        AnalyzerConfig.Store store = config.store();
        return MinioObjectStore.at(
                new StoreLocation(store.endpoint(), store.accessKey(), store.secretKey(), store.bucket()));
    }

    void close(@Disposes MinioObjectStore store) {
        store.close();
    }

    @Produces
    @Singleton
    ObjectStore metered(MinioObjectStore store, MeterRegistry meters) {
        return new MeteredObjectStore(store, meters);
    }

    @Produces
    @Singleton
    Producer<String, byte[]> producer(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        return EventPublisher.producer(kafka, SERVICE);
    }

    @Produces
    @Singleton
    @Typed(EventPublisher.class)
    EventPublisher publisher(Producer<String, byte[]> producer, InstantSource clock) {
        return new EventPublisher(producer, new EventRecords(SERVICE, clock));
    }

    void close(@Disposes EventPublisher publisher) {
        publisher.close(); // and the producer with it
    }

    @Produces
    @Singleton
    Facts facts(EventPublisher publisher, MeterRegistry meters) {
        return new MeteredFacts(publisher, meters, event -> TimedAnalyses.announced(event, meters));
    }

    @Produces
    @Singleton
    RunRecords runs(ObjectStore store) {
        return new RunRecords(store);
    }

    @Produces
    @Singleton
    AnalysisRecords analyses(ObjectStore store) {
        return new AnalysisRecords(store);
    }

    /** Unreadable records are the gateway's to report: it reads every fact, and they should lie there once. */
    @Produces
    @Singleton
    FactInbox inbox(
            RunRecords runs,
            AnalysisRecords analyses,
            Facts facts,
            Producer<String, byte[]> producer,
            InstantSource clock,
            MeterRegistry meters) {
        InboxMeters listener = new InboxMeters(meters);
        // a store that refuses is set up wrongly: waiting loses nothing, going on would
        FactInbox inbox = new FactInbox(
                new AnalysisPlanner(runs, analyses, facts, clock),
                new DeadLetters(producer, new DeadLetterCount(meters, Topic.CHECKPOINTS, Topic.RUNS, Topic.STUDIES)),
                TransientFailures.and(StoreUnavailableException.class, StoreRefusedException.class),
                FactInbox.Settings.DEFAULT
                        .with(FactInbox.Unreadable.LEFT_TO_ANOTHER_GROUP)
                        .forgetful(),
                listener);
        listener.paused(inbox::paused);
        return inbox;
    }
}
