package io.thetascope.messaging;

import static io.thetascope.messaging.CloudEvents.text;

import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Sends what gave up or could not be read to the dead-letter topic beside its own: key, value and headers as they were,
 * and three headers of ours. Threads may share it.
 */
public final class DeadLetters {
    /** What the headers begin with that are ours and not the original's. */
    public static final String HEADER_PREFIX = "thetascope-";
    /** Why, in a few words; what {@link #UNREADABLE} begins could not be read. */
    public static final String REASON = HEADER_PREFIX + "reason";
    /** How often it was tried. */
    public static final String ATTEMPTS = HEADER_PREFIX + "attempts";
    /** The last error: its type and message. */
    public static final String ERROR = HEADER_PREFIX + "error";
    /** How the reason of a record begins that could not be read. */
    public static final String UNREADABLE = "unreadable";

    private static final String SUFFIX = ".dlq";
    private static final int LONGEST_ERROR = 2_000; // the letter must not outgrow what the broker takes

    private final Producer<String, byte[]> producer;
    private final Consumer<String> kept;

    /** Sends through this producer, which the caller closes. */
    public DeadLetters(Producer<String, byte[]> producer) {
        this(producer, topic -> {});
    }

    /**
     * Sends through this producer, which the caller closes.
     *
     * @param kept told the topic of every message whose letter the broker keeps
     */
    public DeadLetters(Producer<String, byte[]> producer, Consumer<String> kept) {
        this.producer = producer;
        this.kept = kept;
    }

    /**
     * Sends a record and waits until it is kept; only then may its original be passed over.
     *
     * @param reason why, in a few words
     * @param attempts how often it was tried, from 1
     * @param error the last error
     * @throws KafkaException when it was not kept
     */
    public void send(ConsumerRecord<String, byte[]> message, String reason, int attempts, Throwable error) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(message.topic() + SUFFIX, null, message.key(), message.value(), message.headers());
        letter.headers()
                .remove(REASON)
                .remove(ATTEMPTS)
                .remove(ERROR)
                .add(REASON, text(reason))
                .add(ATTEMPTS, text(Integer.toString(attempts)))
                .add(ERROR, text(described(error)));
        try {
            producer.send(letter).get();
            kept.accept(message.topic());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e); // sets the flag again
        }
    }

    private static String described(Throwable error) {
        String text = error.toString();
        return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR) + "…";
    }
}
