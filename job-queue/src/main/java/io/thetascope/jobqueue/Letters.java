package io.thetascope.jobqueue;

import io.thetascope.messaging.DeadLetters;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** What a worker sends: copies of records at their last delivery, and dead letters. Each call waits until it is kept. */
final class Letters {
    private final Producer<String, byte[]> producer;
    private final DeadLetters deadLetters;

    /** Sends through this producer, which the caller closes, and tells of dead letters that are kept. */
    Letters(Producer<String, byte[]> producer, JobListener listener) {
        this.producer = producer;
        this.deadLetters = new DeadLetters(producer, topic -> listener.deadLettered());
    }

    void sendCopy(Delivery delivery) {
        try {
            producer.send(delivery.copy()).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    void bury(Delivery delivery, String reason, int attempts, String error) {
        deadLetters.send(delivery.message(), reason, attempts, new JobFailedException(error));
    }
}
