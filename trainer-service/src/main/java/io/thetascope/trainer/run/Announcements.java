package io.thetascope.trainer.run;

import io.thetascope.contracts.event.Event;
import io.thetascope.messaging.Facts;
import io.thetascope.messaging.TransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The facts of one attempt: sent as they come, and known to have arrived before anything is built on them. One thread. */
final class Announcements {
    private final Facts facts;
    private final RunInterruption interruption;
    private final List<CompletableFuture<Void>> sent = new ArrayList<>();

    Announcements(Facts facts, RunInterruption interruption) {
        this.facts = facts;
        this.interruption = interruption;
    }

    /** Sends a fact, unless the lease is lost. */
    void announce(Event event) {
        interruption.requireLease();
        sent.add(facts.publish(event));
    }

    /**
     * Waits until all facts so far have arrived.
     *
     * @throws TransientException when one has not
     */
    void settle() {
        facts.flush();
        try {
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw new TransientException("facts were not acknowledged by Kafka", e);
        }
        sent.clear();
    }
}
