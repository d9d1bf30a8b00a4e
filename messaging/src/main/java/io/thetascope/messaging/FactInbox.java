package io.thetascope.messaging;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.thetascope.contracts.event.Event;
import io.thetascope.messaging.InboxListener.Ending;
import io.thetascope.messaging.trace.MessageSpans;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a consumer of facts and the service's handler, so that no fact is lost and none stops the others.
 *
 * <ul>
 *   <li>a repetition, told by {@code ce_id}, is dropped;
 *   <li>a record that cannot be read goes to its dead-letter topic and the consumer goes on;
 *   <li>while something is away (a transient failure), the same record is tried again after growing waits;
 *   <li>a record whose handling fails for another reason goes to its dead-letter topic with that reason;
 *   <li>what the handler does and publishes belongs to the trace of the fact.
 * </ul>
 *
 * <p>{@link #accept} takes one record at a time, in their order; {@link #paused} and {@link #close} may be called by
 * any thread.
 */
public final class FactInbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FactInbox.class);

    private final FactHandler handler;
    private final DeadLetters deadLetters;
    private final Predicate<Throwable> passing;
    private final Settings settings;
    private final InboxListener listener;
    private final GrowingWaits waits;
    private final RecentIds handled;
    private volatile @Nullable Throwable pause;

    /**
     * How an inbox treats its records.
     *
     * @param remembered ids by which repetitions are known; 0 where handling twice does no harm
     * @param unreadable whether unreadable records are sent to the dead-letter topic here; where several groups read a
     *     topic one of them does so, or a record would lie there several times
     * @param firstWait after the first transient failure
     * @param longestWait beyond which waits do not grow
     */
    public record Settings(int remembered, Unreadable unreadable, Duration firstWait, Duration longestWait) {
        public static final Settings DEFAULT =
                new Settings(10_000, Unreadable.TO_DEAD_LETTERS, Duration.ofMillis(100), Duration.ofSeconds(10));

        public Settings {
            if (remembered < 0 || firstWait.isNegative() || firstWait.isZero()) {
                throw new IllegalArgumentException(
                        "remembered must be >= 0 and firstWait > 0: " + remembered + ", " + firstWait);
            }
        }

        /** Returns these settings with unreadable records treated like this. */
        public Settings with(Unreadable treatment) {
            return new Settings(remembered, treatment, firstWait, longestWait);
        }

        /** Returns these settings for a handler that may see a fact twice, and must when a reopened study repeats it. */
        public Settings forgetful() {
            return new Settings(0, unreadable, firstWait, longestWait);
        }
    }

    /** Who sends unreadable records to the dead-letter topic. */
    public enum Unreadable {
        /** This inbox. */
        TO_DEAD_LETTERS,
        /** Another group that reads the same topic; here they are logged and passed over. */
        LEFT_TO_ANOTHER_GROUP
    }

    /**
     * Makes an inbox with the default settings.
     *
     * @param passing true for failures that will pass by themselves, {@link TransientFailures}
     */
    public FactInbox(FactHandler handler, DeadLetters deadLetters, Predicate<Throwable> passing) {
        this(handler, deadLetters, passing, Settings.DEFAULT);
    }

    /** Makes an inbox that tells nobody. */
    public FactInbox(FactHandler handler, DeadLetters deadLetters, Predicate<Throwable> passing, Settings settings) {
        this(handler, deadLetters, passing, settings, InboxListener.NONE);
    }

    /** Makes an inbox. */
    public FactInbox(
            FactHandler handler,
            DeadLetters deadLetters,
            Predicate<Throwable> passing,
            Settings settings,
            InboxListener listener) {
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.passing = passing;
        this.settings = settings;
        this.listener = listener;
        this.waits = new GrowingWaits(settings.firstWait(), settings.longestWait());
        this.handled = new RecentIds(settings.remembered());
    }

    /**
     * Handles a record; returns when its offset may be committed, however long that takes.
     *
     * @throws InboxClosedException when the inbox was closed, or the thread interrupted, before that
     */
    public void accept(ConsumerRecord<String, byte[]> message) {
        String id = CloudEvents.header(message.headers(), CloudEvents.ID).orElse("");
        if (handled.containsKey(id)) {
            LOG.debug("fact repeated topic={} key={} id={}", message.topic(), message.key(), id);
            listener.ended(message.topic(), Ending.REPEATED);
            return;
        }
        listener.ended(message.topic(), LogContext.during(message, null, () -> take(message)));
        if (!id.isEmpty()) {
            handled.put(id, true);
        }
    }

    /** Returns what is away while records wait for it; empty when all is well. Readiness shows it. */
    public Optional<String> paused() {
        return Optional.ofNullable(pause).map(Throwable::toString);
    }

    /** Ends a wait that is going on; its record stays unhandled. */
    @Override
    public void close() {
        waits.close();
    }

    private Ending take(ConsumerRecord<String, byte[]> message) {
        try {
            return handle(message, EventReader.read(message));
        } catch (UnreadableRecordException e) {
            return giveUpUnreadable(message, e);
        }
    }

    private Ending handle(ConsumerRecord<String, byte[]> message, Event event) {
        Span span = MessageSpans.process(message);
        try {
            return Context.root()
                    .with(span)
                    .wrapSupplier(() -> handle(message, event, span))
                    .get();
        } finally {
            span.end();
        }
    }

    private Ending handle(ConsumerRecord<String, byte[]> message, Event event, Span span) {
        return untilItPasses(message, attempts -> {
            try {
                handler.handle(event);
                return Ending.HANDLED;
            } catch (Exception e) {
                if (passing.test(e) || stopping(e)) {
                    throw e;
                }
                MessageSpans.failed(span, e);
                LOG.error("fact given up {} attempts={}", place(message), attempts, e);
                deadLetters.send(message, "handling failed", attempts, e);
                return Ending.GIVEN_UP;
            }
        });
    }

    private Ending giveUpUnreadable(ConsumerRecord<String, byte[]> message, UnreadableRecordException e) {
        LOG.warn("record unreadable {} treatment={} reason={}", place(message), settings.unreadable(), e.getMessage());
        if (settings.unreadable() == Unreadable.TO_DEAD_LETTERS) {
            return untilItPasses(message, attempts -> {
                deadLetters.send(message, DeadLetters.UNREADABLE + ": " + e.getMessage(), attempts, e);
                return Ending.UNREADABLE;
            });
        }
        return Ending.UNREADABLE;
    }

    // what is left when an attempt fails is waited out, whatever it is: nothing may be skipped
    private Ending untilItPasses(ConsumerRecord<String, byte[]> message, Attempt attempt) {
        try {
            for (int attempts = 1; ; attempts++) {
                Optional<Ending> ending = tried(message, attempt, attempts);
                if (ending.isPresent()) {
                    return ending.get();
                }
                if (!waits.await(attempts)) {
                    throw new InboxClosedException("closed while " + place(message) + " waits", pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InboxClosedException("interrupted while " + place(message) + " waits", e);
        } finally {
            pause = null;
        }
    }

    private Optional<Ending> tried(ConsumerRecord<String, byte[]> message, Attempt attempt, int attempts)
            throws InterruptedException {
        try {
            Ending ending = attempt.run(attempts);
            if (attempts > 1) {
                LOG.info("facts go on {} attempts={}", place(message), attempts);
            }
            return Optional.of(ending);
        } catch (Exception e) {
            if (stopping(e)) {
                throw new InterruptedException(e.toString());
            }
            pause = e;
            logPause(message, attempts, e);
            return Optional.empty();
        }
    }

    // the whole trace once; what is away may stay so for hours
    private void logPause(ConsumerRecord<String, byte[]> message, int attempts, Exception e) {
        LOG.warn(
                "facts paused {} attempts={} wait={} cause={}",
                place(message),
                attempts,
                waits.after(attempts),
                e.toString());
        if (attempts == 1) {
            LOG.warn("facts paused because of", e);
        }
    }

    private static boolean stopping(Exception e) {
        return e instanceof InterruptedException || e instanceof org.apache.kafka.common.errors.InterruptException;
    }

    private static String place(ConsumerRecord<String, byte[]> message) {
        return "topic=" + message.topic() + " partition=" + message.partition() + " offset=" + message.offset()
                + " key=" + message.key();
    }

    @FunctionalInterface
    private interface Attempt {
        Ending run(int attempts) throws Exception;
    }
}
