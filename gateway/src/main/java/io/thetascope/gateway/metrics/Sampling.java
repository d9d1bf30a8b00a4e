package io.thetascope.gateway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.health.SmallRyeHealthReporter;
import io.thetascope.gateway.database.Database;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every so often what the gateway's gauges show, each question on a thread of its own. */
@Singleton
final class Sampling {
    private static final Logger LOG = LoggerFactory.getLogger(Sampling.class);
    private static final Duration READ_MODEL = Duration.ofSeconds(5);
    private static final Duration KAFKA = Duration.ofSeconds(10);
    private static final int QUESTIONS = 3;

    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(QUESTIONS, task -> new Thread(task, "metrics"));
    private final MeterRegistry meters;
    private final Database database;
    private final Map<String, Object> kafka;
    private final InstantSource clock;
    private final SmallRyeHealthReporter health;
    private @Nullable BehindReading reading;

    @Inject
    Sampling(
            MeterRegistry meters,
            Database database,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            InstantSource clock,
            SmallRyeHealthReporter health) {
        this.meters = meters;
        this.database = database;
        this.kafka = kafka;
        this.clock = clock;
        this.health = health;
    }

    void start(@Observes StartupEvent event) {
        BehindReading asked = new BehindReading(new GroupOffsets(Admin.create(kafka)), consumer(), database, clock);
        reading = asked;
        GatewayMeters gauges = new GatewayMeters(meters);
        Sampled<ReadModel> model =
                new Sampled<>(() -> ReadModel.of(database, clock.instant()), READ_MODEL, System::nanoTime);
        Sampled<Behind> behind = new Sampled<>(asked::now, KAFKA, System::nanoTime);
        Sampled<Boolean> ready = new Sampled<>(() -> !health.getReadiness().isDown(), KAFKA, System::nanoTime);
        gauges.readModel(model);
        gauges.behind(behind);
        gauges.ready(ready);
        every(model, "read model");
        every(behind, "kafka");
        every(ready, "readiness");
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        threads.shutdown();
        if (reading != null && threads.awaitTermination(KAFKA.toSeconds(), TimeUnit.SECONDS)) {
            reading.close(); // else it ends with the process: a consumer must not be closed while it is in use
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.keySet().retainAll(ConsumerConfig.configNames());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "gateway-metrics");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) KAFKA.toMillis());
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private void every(Sampled<?> sampled, String what) {
        AtomicBoolean failing = new AtomicBoolean();
        var unused = threads.scheduleWithFixedDelay(
                () -> ask(sampled, what, failing), 0, sampled.period().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void ask(Sampled<?> sampled, String what, AtomicBoolean failing) {
        try {
            sampled.ask();
            failing.set(false);
        } catch (RuntimeException e) { // asked again at the next turn; said once, and the gauges go missing
            if (!failing.getAndSet(true)) {
                LOG.warn("metrics not sampled of={} cause={}", what, e.toString());
            }
        }
    }
}
