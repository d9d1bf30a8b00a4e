package io.thetascope.gateway.deadletter;

import io.thetascope.contracts.event.Topic;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.database.Session;
import io.thetascope.gateway.projection.Dependents;
import io.thetascope.gateway.projection.RunRows;
import io.thetascope.gateway.projection.RunState;
import io.thetascope.gateway.reading.Items;
import io.thetascope.messaging.CloudEvents;
import io.thetascope.messaging.DeadLetters;
import io.thetascope.messaging.EventPublisher;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists dead letters and sends them again, each once (decision 0018). */
public final class LetterBox {
    private static final Logger LOG = LoggerFactory.getLogger(LetterBox.class);

    private final LetterTopics topics;
    private final Database database;
    private final EventPublisher publisher;
    private final InstantSource clock;

    /** Reads these topics, remembers in this database what was sent, and sends through this publisher. */
    public LetterBox(LetterTopics topics, Database database, EventPublisher publisher, InstantSource clock) {
        this.topics = topics;
        this.database = database;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Lists letters by topic, then as they came.
     *
     * @param after the last id of the page before; null for the first page
     * @param size at most so many
     * @throws KafkaException when the broker is away
     */
    public Items<DeadLetter> list(@Nullable LetterId after, int size) {
        LetterTopics.Page page = topics.page(after, size);
        Map<String, Instant> resent = database.call(LetterBox::resent);
        List<DeadLetter> letters = page.letters().stream()
                .map(found -> DeadLetter.of(
                        found.id(), found.letter(), resent.get(found.id().toString())))
                .toList();
        return new Items<>(
                letters, page.more() ? letters.get(letters.size() - 1).id() : null);
    }

    /**
     * Sends a letter to the topic that it came from, with its key, its value and its headers but for ours, and remembers
     * that. A crash between the two may let it be sent twice, which consumers are made for.
     *
     * @throws KafkaException when the broker is away; nothing is remembered then
     */
    public Resending resend(LetterId id) {
        Optional<LetterTopics.Found> found = topics.find(id);
        if (found.isEmpty()) {
            return new Resending.NoSuchLetter();
        }
        ConsumerRecord<String, byte[]> letter = found.get().letter();
        return database.call(session -> resend(session, id, letter));
    }

    private Resending resend(Session session, LetterId id, ConsumerRecord<String, byte[]> letter) throws SQLException {
        Instant now = clock.instant();
        // whoever comes second waits here until the first is through
        int noted = session.update(
                "INSERT INTO resent_letter (letter_id, sent_at) VALUES (?, ?) ON CONFLICT DO NOTHING", id, now);
        if (noted == 0) {
            return new Resending.SentBefore(session.first(
                            "SELECT sent_at FROM resent_letter WHERE letter_id = ?", row -> row.instant("sent_at"), id)
                    .orElse(now));
        }
        boolean unreadable = CloudEvents.header(letter.headers(), DeadLetters.REASON)
                .filter(reason -> reason.startsWith(DeadLetters.UNREADABLE))
                .isPresent();
        if (id.topic() == Topic.TRAIN_JOBS && !unreadable) {
            reopen(session, new RunId(letter.key()), now);
        }
        publish(original(id, letter));
        LOG.info("dead letter sent again id={} key={}", id, letter.key());
        return new Resending.Sent(now, unreadable);
    }

    /** A failed run has a job again: it is queued, and what ended with it waits again. */
    private static void reopen(Session session, RunId run, Instant now) throws SQLException {
        boolean reopened = new RunRows(session)
                .change(run, s -> s.state() == RunState.FAILED ? s.reopened(now).queued() : s)
                .any();
        if (reopened) {
            new Dependents(session).waitAgain(run, now);
        }
    }

    private static ProducerRecord<String, byte[]> original(LetterId id, ConsumerRecord<String, byte[]> letter) {
        ProducerRecord<String, byte[]> original =
                new ProducerRecord<>(id.topic().topicName(), letter.key(), letter.value());
        letter.headers().forEach(header -> {
            if (!header.key().startsWith(DeadLetters.HEADER_PREFIX)) {
                original.headers().add(header);
            }
        });
        return original;
    }

    private void publish(ProducerRecord<String, byte[]> message) {
        try {
            publisher.send(message).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : e;
        }
    }

    private static Map<String, Instant> resent(Session session) throws SQLException {
        Map<String, Instant> resent = new HashMap<>();
        session.list(
                "SELECT letter_id, sent_at FROM resent_letter",
                row -> resent.put(row.text("letter_id"), row.instant("sent_at")));
        return resent;
    }
}
