package io.thetascope.gateway.settings;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.thetascope.artifacts.store.MinioObjectStore;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.artifacts.store.StoreLocation;
import io.thetascope.contracts.json.Json;
import io.thetascope.gateway.acceptance.LostJobs;
import io.thetascope.gateway.acceptance.MarkRepair;
import io.thetascope.gateway.acceptance.Queueing;
import io.thetascope.gateway.acceptance.StudyAcceptance;
import io.thetascope.gateway.acceptance.StudyCancellation;
import io.thetascope.gateway.acceptance.StudyFiles;
import io.thetascope.gateway.acceptance.StudyLock;
import io.thetascope.gateway.acceptance.StudyPlanning;
import io.thetascope.gateway.api.OnnxExport;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.dataset.DatasetPlaces;
import io.thetascope.gateway.dataset.Datasets;
import io.thetascope.gateway.deadletter.LetterBox;
import io.thetascope.gateway.deadletter.LetterTopics;
import io.thetascope.gateway.inquiry.Inquiries;
import io.thetascope.gateway.outbox.OutboxDispatcher;
import io.thetascope.gateway.pretrained.WeightUploads;
import io.thetascope.gateway.projection.FactProjection;
import io.thetascope.gateway.reading.AnalysisReading;
import io.thetascope.gateway.reading.DamageReading;
import io.thetascope.gateway.reading.EventReading;
import io.thetascope.gateway.reading.ReportReading;
import io.thetascope.gateway.reading.RunReading;
import io.thetascope.gateway.reading.StudyReading;
import io.thetascope.gateway.report.ReportSource;
import io.thetascope.gateway.request.Presets;
import io.thetascope.messaging.EventPublisher;
import io.thetascope.metrics.MeteredFacts;
import io.thetascope.metrics.MeteredObjectStore;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the gateway together: the only place that knows both the framework and the parts. */
final class Wiring {
    static final String SERVICE = "gateway";

    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    ObjectMapper json() {
        return Json.newMapper();
    }

    @Produces
    @Singleton
    @Typed(MinioObjectStore.class)
    MinioObjectStore store(GatewaySettings settings) {
        GatewaySettings.Store store = settings.store();
        return MinioObjectStore.at(
                new StoreLocation(store.endpoint(), store.accessKey(), store.secretKey(), store.bucket()));
    }

    void closeStore(@Disposes MinioObjectStore store) {
        store.close();
    }

    @Produces
    @Singleton
    ObjectStore metered(MinioObjectStore store, MeterRegistry meters) {
        return new MeteredObjectStore(store, meters);
    }

    @Produces
    @Singleton
    EventPublisher publisher(@Identifier("default-kafka-broker") Map<String, Object> kafka, InstantSource clock) {
        return EventPublisher.connect(kafka, SERVICE, clock);
    }

    void closePublisher(@Disposes EventPublisher publisher) {
        publisher.close();
    }

    @Produces
    @Singleton
    Presets presets() {
        return new Presets();
    }

    @Produces
    @Singleton
    Datasets datasets(GatewaySettings settings) {
        return new Datasets(DatasetPlaces.of(settings.dataDir(), settings.cacheDir(), settings.download()));
    }

    @Produces
    @Singleton
    WeightUploads uploads(ObjectStore store, GatewaySettings settings) {
        return new WeightUploads(store, settings.cacheDir().resolve("uploads"));
    }

    @Produces
    @Singleton
    StudyFiles files(ObjectStore store) {
        return new StudyFiles(store);
    }

    @Produces
    @Singleton
    StudyPlanning planning(Presets presets, Datasets datasets, StudyFiles files) {
        return new StudyPlanning(presets, datasets, files);
    }

    @Produces
    @Singleton
    Queueing queueing(GatewaySettings settings, StudyFiles files, InstantSource clock) {
        return new Queueing(settings.queuedBaseRuns(), files, clock);
    }

    @Produces
    @Singleton
    StudyAcceptance acceptance(
            Database database,
            ObjectStore store,
            Datasets datasets,
            Queueing queueing,
            StudyLock lock,
            InstantSource clock) {
        return new StudyAcceptance(database, store, datasets, queueing, lock, clock);
    }

    @Produces
    @Singleton
    StudyCancellation cancellation(Database database, StudyFiles files, StudyLock lock, InstantSource clock) {
        return new StudyCancellation(database, files, lock, clock);
    }

    @Produces
    @Singleton
    StudyLock lock() {
        return new StudyLock();
    }

    @Produces
    @Singleton
    MarkRepair markRepair(Database database, StudyFiles files, StudyLock lock, InstantSource clock) {
        return new MarkRepair(database, files, lock, clock);
    }

    @Produces
    @Singleton
    LostJobs lostJobs(Database database, StudyFiles files, Queueing queueing, InstantSource clock) {
        return new LostJobs(database, files, queueing, clock);
    }

    @Produces
    @Singleton
    FactProjection projection(Database database, StudyFiles files, Queueing queueing) {
        return new FactProjection(database, files, queueing);
    }

    @Produces
    @Singleton
    OutboxDispatcher dispatcher(Database database, EventPublisher publisher, MeterRegistry meters) {
        return new OutboxDispatcher(database, new MeteredFacts(publisher, meters));
    }

    @Produces
    @Singleton
    OnnxExport onnx(ObjectStore store) {
        return new OnnxExport(store);
    }

    @Produces
    @Singleton
    StudyReading studies(Database database, InstantSource clock) {
        return new StudyReading(database, clock);
    }

    @Produces
    @Singleton
    RunReading runs(Database database) {
        return new RunReading(database);
    }

    @Produces
    @Singleton
    AnalysisReading analyses(Database database) {
        return new AnalysisReading(database);
    }

    @Produces
    @Singleton
    DamageReading damage(Database database) {
        return new DamageReading(database);
    }

    @Produces
    @Singleton
    EventReading events(Database database, DamageReading damage) {
        return new EventReading(database, damage);
    }

    @Produces
    @Singleton
    Inquiries inquiries(Database database, InstantSource clock) {
        return new Inquiries(database, clock);
    }

    @Produces
    @Singleton
    LetterBox letters(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Database database,
            EventPublisher publisher,
            InstantSource clock) {
        return new LetterBox(new LetterTopics(kafka), database, publisher, clock);
    }

    @Produces
    @Singleton
    ReportSource reports(
            Database database,
            StudyFiles files,
            StudyReading studies,
            RunReading runs,
            AnalysisReading analyses,
            DamageReading damage,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        return new ReportReading(database, files, studies, runs, analyses, damage, version);
    }
}
