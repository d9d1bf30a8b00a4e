package io.thetascope.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JobOwner;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.store.StoreUnavailableException;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.messaging.CloudEvents;
import io.thetascope.messaging.LogContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

class JobStageTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final String FOLDER = "jobs/job";

    @RegisterExtension
    static final OpenTelemetryExtension TRACES = OpenTelemetryExtension.create();

    private String traceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private final FlakyStore store = new FlakyStore(CLOCK);
    private final JobLedger ledger = new JobLedger(store, FOLDER);
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final AtomicLong nanos = new AtomicLong();
    private final Lease lease = new Lease(nanos::get, Limits.DEFAULTS.lock(), 0);
    private final List<String> waitedFor = new ArrayList<>();
    private @Nullable JobStage<String> stage;
    private final HeardJobs heard = new HeardJobs();
    private final ScriptedHandler willing = new ScriptedHandler((job, held) -> new JobEnding.Done());

    @Test
    void aStoreThatIsAwayIsWaitedForAndNoFailure() {
        AtomicInteger calls = new AtomicInteger();
        ScriptedHandler handler = new ScriptedHandler((job, held) -> {
            Objects.requireNonNull(stage).waitingFor().ifPresent(waitedFor::add);
            if (calls.incrementAndGet() < 4) {
                throw new StoreUnavailableException("away", new IOException("connection refused"));
            }
            return new JobEnding.Done();
        });
        store.away.set(3);

        assertThat(handle(handler, 7, 1)).isEqualTo(Verdict.ACCEPT);
        assertThat(handler.attempts).hasSize(4).containsOnly(Attempt.of(7, 1));
        assertThat(store.list(FOLDER)).isEmpty();
        assertThat(waitedFor).hasSize(3).allSatisfy(why -> assertThat(why).contains("job waits", "away"));
        assertThat(Objects.requireNonNull(stage).waitingFor()).isEmpty();
    }

    @Test
    void aJobThatWaitsWhenItsProcessLeavesGoesBack() {
        ScriptedHandler handler = new ScriptedHandler((job, held) -> {
            held.stop();
            throw new StoreUnavailableException("away", new IOException("connection refused"));
        });

        assertThat(handle(handler, 7, 1)).isEqualTo(Verdict.RELEASE);
        assertThat(ledger.failures().attempts()).isEmpty();
    }

    @Test
    void aRecordAtItsLastDeliveryIsCopiedAndNotWorkedOn() {
        ledger.claim(new JobOwner(Attempt.of(7, 4), "gone", NOW));

        assertThat(handle(willing, 7, 5)).isEqualTo(Verdict.ACCEPT);

        assertThat(willing.begun).isEmpty();
        assertThat(ledger.owner()).isEmpty();
        assertThat(ledger.failures().attempts()).hasSize(1); // the one that vanished
        assertThat(producer.history()).singleElement().satisfies(copy -> {
            assertThat(copy.topic()).isEqualTo("queue");
            assertThat(copy.value()).asString(StandardCharsets.UTF_8).isEqualTo("job");
            assertThat(copy.headers().lastHeader(Delivery.COPY_OF).value())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("7");
        });
    }

    @Test
    void theLastDeliveryIsCopiedAlsoWhenTheStoreIsAwayOrTheProcessLeaves() {
        store.away.set(1);
        assertThat(handle(willing, 7, 5)).isEqualTo(Verdict.ACCEPT);
        lease.stop();
        assertThat(handle(willing, 8, 5)).isEqualTo(Verdict.ACCEPT);

        assertThat(producer.history()).hasSize(2);
        assertThat(willing.begun).isEmpty();
    }

    @Test
    void nothingIsSaidAboutALastDeliveryThatCouldNotBeCopied() {
        producer.sendException = new TimeoutException("no broker");

        assertThat(handle(willing, 7, 5)).isEqualTo(Verdict.SILENCE);
    }

    @Test
    void aJobThatKillsItsProcessIsGivenUpAfterFiveKills() {
        long offset = 7;
        int kills = 0;
        for (int delivery = 1; willing.givenUp.isEmpty(); delivery++) {
            int before = willing.begun.size();
            Verdict verdict = handle(willing, offset, delivery, copies() > 0 ? 7 : Delivery.NO_OFFSET);
            if (willing.begun.size() > before) { // as if the process had died in it: its owner stays behind
                ledger.claim(new JobOwner(Attempt.of(offset, delivery), "killed", NOW));
                kills++;
            } else if (willing.givenUp.isEmpty()) {
                assertThat(verdict).isEqualTo(Verdict.ACCEPT);
                offset = 20; // the copy
                delivery = 0;
            }
        }

        assertThat(kills).isEqualTo(5);
        assertThat(willing.givenUp).singleElement().asString().startsWith("job after 5: worker killed vanished");
        assertThat(producer.history())
                .last()
                .satisfies(r -> assertThat(r.topic()).isEqualTo("queue.dlq"));
    }

    @Test
    void aSecondRecordIsAcknowledgedWhileTheFirstIsWorkedOn() {
        ledger.claim(new JobOwner(Attempt.of(3, 1), "busy", NOW.minusSeconds(29)));

        assertThat(handle(willing, 7, 1)).isEqualTo(Verdict.ACCEPT);
        assertThat(willing.begun).isEmpty();
        assertThat(ledger.owner()).map(JobOwner::worker).contains("busy");
    }

    @Test
    void onATieTheHigherOffsetStopsAndIsAcknowledged() {
        ScriptedHandler handler = new ScriptedHandler((job, held) -> {
            ledger.claim(new JobOwner(Attempt.of(3, 1), "other", NOW)); // looked at the same moment as I did
            held.confirmed(1);
            return held.held() ? new JobEnding.Done() : new JobEnding.Released();
        });

        assertThat(handle(handler, 7, 1)).isEqualTo(Verdict.ACCEPT);
        assertThat(handler.done).isEmpty();
        assertThat(ledger.owner()).map(JobOwner::worker).contains("other");
    }

    @Test
    void aJobWhoseLockLapsedIsNotAcknowledgedNorCounted() {
        ScriptedHandler handler = new ScriptedHandler((job, held) -> {
            nanos.addAndGet(Duration.ofSeconds(31).toNanos());
            throw new IllegalStateException("because of that");
        });

        assertThat(handle(handler, 7, 1)).isEqualTo(Verdict.SILENCE);
        assertThat(ledger.failures().attempts()).isEmpty();
        assertThat(ledger.owner()).isEmpty();
    }

    @Test
    void aDamagedOwnerObjectStopsNobody() {
        store.put(ArtifactKeys.owner(FOLDER), "{".getBytes(StandardCharsets.UTF_8));

        assertThat(handle(willing, 7, 1)).isEqualTo(Verdict.ACCEPT);
        assertThat(willing.done).containsExactly("job");
        assertThat(new JsonObjects(store).read(ArtifactKeys.owner(FOLDER), JobOwner.class))
                .isEmpty();
    }

    @Test
    void tellsHowJobsGetOn() {
        ScriptedHandler failing = new ScriptedHandler((job, held) -> new JobEnding.Failed("broken"));
        handle(willing, 7, 1);
        for (int attempt = 1; attempt <= 5; attempt++) {
            handle(failing, 8 + attempt, 1);
        }
        nanos.set(Limits.DEFAULTS.lock().toNanos()); // nobody renewed it
        handle(willing, 20, 1);

        assertThat(heard.what)
                .startsWith("begun", "Done", "left", "begun", "Failed", "left")
                .endsWith("begun", "Failed", "dead letter", "left", "lock lost");
        assertThat(heard.what).filteredOn("dead letter"::equals).hasSize(1);
    }

    @Test
    void whatIsLoggedDuringAJobSaysWhichAttemptItIs() {
        List<String> context = new ArrayList<>();
        handle(
                new ScriptedHandler((job, held) -> {
                    context.add(MDC.get(LogContext.ATTEMPT));
                    return new JobEnding.Done();
                }),
                7,
                2);

        assertThat(context).containsExactly("7-2");
        assertThat(MDC.get(LogContext.ATTEMPT)).isNull();
    }

    @Test
    void theJobWorksInTheTraceOfItsRecordAndFailuresAreSeenThere() {
        List<String> current = new ArrayList<>();
        ScriptedHandler handler = new ScriptedHandler((job, held) -> {
            current.add(Span.current().getSpanContext().getTraceId());
            throw new IllegalStateException("because of that");
        });

        assertThat(handle(handler, 7, 2)).isEqualTo(Verdict.RELEASE);
        assertThat(current).containsExactly("4bf92f3577b34da6a3ce929d0e0e4736");
        SpanData span = TRACES.getSpans().get(0);
        assertThat(span.getName()).isEqualTo("process queue");
        assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(span.getAttributes().get(AttributeKey.stringKey("thetascope.attempt")))
                .isEqualTo("7-2");
        assertThat(span.getAttributes().get(AttributeKey.stringKey("thetascope.job.verdict")))
                .isEqualTo("release");
        assertThat(span.getStatus().getDescription()).contains("because of that");
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }

    @Test
    void aMalformedTraceParentStopsNoJob() {
        traceParent = "00-nonsense";

        assertThat(handle(willing, 7, 1)).isEqualTo(Verdict.ACCEPT);
        assertThat(TRACES.getSpans().get(0).getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void aCopyAtTheLastDeliveryStaysInTheTrace() {
        assertThat(handle(willing, 7, 5)).isEqualTo(Verdict.ACCEPT);
        assertThat(CloudEvents.header(producer.history().get(0).headers(), CloudEvents.TRACE_PARENT))
                .contains(traceParent);
    }

    private Verdict handle(ScriptedHandler handler, long offset, int delivery) {
        return handle(handler, offset, delivery, Delivery.NO_OFFSET);
    }

    private Verdict handle(ScriptedHandler handler, long offset, int delivery, long copyOf) {
        JobQueueSettings settings = new JobQueueSettings(
                "nowhere:1",
                "queue",
                "group",
                "me",
                Limits.DEFAULTS,
                new Waits(Duration.ofMillis(1), Duration.ofMillis(2)),
                new Waits(Duration.ofMillis(1), Duration.ofMillis(2)));
        OwnerKeeper.Worker worker = new OwnerKeeper.Worker("me", CLOCK, Limits.DEFAULTS);
        Letters letters = new Letters(producer, heard);
        stage = new JobStage<>(settings, worker, TestQueue.STRINGS, handler, store, letters, Runnable::run, heard);
        ConsumerRecord<String, byte[]> message =
                new ConsumerRecord<>("queue", 0, offset, "key", "job".getBytes(StandardCharsets.UTF_8));
        message.headers().add(CloudEvents.TRACE_PARENT, traceParent.getBytes(StandardCharsets.UTF_8));
        if (copyOf != Delivery.NO_OFFSET) {
            message.headers().add(Delivery.COPY_OF, Long.toString(copyOf).getBytes(StandardCharsets.UTF_8));
        }
        return stage.handle(new Delivery(message, delivery, 0), lease);
    }

    private long copies() {
        return producer.history().stream()
                .filter(r -> r.topic().equals("queue"))
                .count();
    }
}
