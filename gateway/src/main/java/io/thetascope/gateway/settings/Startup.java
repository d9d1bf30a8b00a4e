package io.thetascope.gateway.settings;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.thetascope.artifacts.store.MinioObjectStore;
import io.thetascope.contracts.event.ShareGroup;
import io.thetascope.contracts.event.Topic;
import io.thetascope.messaging.ShareGroups;
import io.thetascope.messaging.Topics;
import io.thetascope.messaging.process.ParentWatch;
import io.thetascope.messaging.trace.Tracing;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** What must be there before the first request and the first fact: bucket, topics, share groups. */
@Singleton
final class Startup {
    private static final int BEFORE_CHANNELS = 500; // the channels start at 1000

    private final GatewaySettings settings;
    private final MinioObjectStore store;
    private final Map<String, Object> kafka;
    private @Nullable ParentWatch parent;

    @Inject
    Startup(
            GatewaySettings settings,
            MinioObjectStore store,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.settings = settings;
        this.store = store;
        this.kafka = kafka;
    }

    void start(
            @Observes @Priority(BEFORE_CHANNELS) StartupEvent event,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean untraced) {
        Tracing.switchOff(untraced);
        settings.parentPid().ifPresent(pid -> parent = ParentWatch.of(pid, Quarkus::asyncExit));
        Leftovers.remove(settings.cacheDir());
        store.ensureBucket();
        try (Admin admin = Admin.create(kafka)) {
            if (settings.topics().create()) {
                Topics.ensure(admin, EnumSet.allOf(Topic.class));
            }
            for (ShareGroup group : ShareGroup.values()) {
                ShareGroups.configure(admin, group); // before the first job, or it would be lost
            }
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (parent != null) {
            parent.close();
        }
    }
}
