package io.thetascope.gateway.outbox;

import io.thetascope.gateway.database.Database;
import io.thetascope.messaging.Facts;
import io.thetascope.messaging.trace.TraceParent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Publishes what waits in the outbox, oldest first, each event in its own trace; at least once. */
public final class OutboxDispatcher {
    private static final int BATCH = 200;

    private final Database database;
    private final Facts facts;

    /** Publishes from this database to these topics. */
    public OutboxDispatcher(Database database, Facts facts) {
        this.database = database;
        this.facts = facts;
    }

    /**
     * Publishes all that waits.
     *
     * @return how many events
     */
    public synchronized int dispatch() {
        int total = 0;
        for (int count = batch(); count > 0; count = batch()) {
            total += count;
        }
        return total;
    }

    /** An event is removed only when every replica has it; what fails rolls back and stays. */
    private int batch() {
        if (database.call(session -> session.number("SELECT COUNT(*) FROM outbox")) == 0) {
            return 0;
        }
        return database.call(session -> {
            Outbox outbox = new Outbox(session);
            List<Outbox.Waiting> waiting = outbox.oldest(BATCH);
            List<CompletableFuture<Void>> sent = new ArrayList<>();
            waiting.forEach(w -> sent.add(publish(w)));
            facts.flush();
            sent.forEach(CompletableFuture::join);
            for (Outbox.Waiting w : waiting) {
                outbox.remove(w.id());
            }
            return waiting.size();
        });
    }

    private CompletableFuture<Void> publish(Outbox.Waiting waiting) {
        return TraceParent.context(waiting.traceParent())
                .wrapSupplier(() -> facts.publish(waiting.event()))
                .get();
    }
}
