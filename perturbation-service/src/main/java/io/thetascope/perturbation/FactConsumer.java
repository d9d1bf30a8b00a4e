package io.thetascope.perturbation;

import io.smallrye.reactive.messaging.annotations.Blocking;
import io.thetascope.messaging.FactInbox;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands facts over, one at a time; an offset is committed when its fact was handled. */
@ApplicationScoped
class FactConsumer {
    private final FactInbox inbox;

    FactConsumer(FactInbox inbox) {
        this.inbox = inbox;
    }

    @Incoming("facts")
    @Blocking(ordered = true)
    void on(ConsumerRecord<String, byte[]> message) {
        inbox.accept(message);
    }
}
