package io.thetascope.analyzer;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.thetascope.artifacts.store.MinioObjectStore;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.event.ShareGroup;
import io.thetascope.contracts.event.Topic;
import io.thetascope.jobqueue.JobQueue;
import io.thetascope.jobqueue.Limits;
import io.thetascope.messaging.FactInbox;
import io.thetascope.messaging.ShareGroups;
import io.thetascope.messaging.Topics;
import io.thetascope.messaging.process.ParentWatch;
import io.thetascope.messaging.trace.Tracing;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens before the first fact and job are read and when the service leaves. */
@ApplicationScoped
class Lifetime {
    private static final Logger LOG = LoggerFactory.getLogger(Lifetime.class);
    private static final Set<Topic> TOPICS =
            Set.of(Topic.STUDIES, Topic.RUNS, Topic.CHECKPOINTS, Topic.ANALYSES, Topic.ANALYSIS_JOBS);

    // before the channels are wired: a consumer of a topic that is not there would look again only minutes later
    void start(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
            AnalyzerConfig config,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean untraced,
            MinioObjectStore store,
            JobQueue<AnalysisJob> queue,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        Tracing.switchOff(untraced);
        config.parentPid().ifPresent(Lifetime::follow);
        store.ensureBucket();
        try (Admin admin = Admin.create(kafka)) {
            if (config.topics().create()) {
                Topics.ensure(admin, TOPICS);
            }
            ShareGroups.configure(admin, ShareGroup.ANALYZERS, Limits.DEFAULTS.lock());
        }
        queue.start();
    }

    void stop(@Observes ShutdownEvent event, FactInbox inbox, JobQueue<AnalysisJob> queue) {
        inbox.close();
        queue.close(); // before the store and the producer that its job uses
    }

    private static void follow(long parent) {
        ParentWatch.of(parent, () -> {
            LOG.info("parent gone pid={}", parent);
            Quarkus.asyncExit();
        });
    }
}
