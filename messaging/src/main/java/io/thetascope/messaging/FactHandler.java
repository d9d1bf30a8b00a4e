package io.thetascope.messaging;

import io.thetascope.contracts.event.Event;

/** What a service does with the facts it reads. Quick: a fact causes a job, never long work. */
@FunctionalInterface
public interface FactHandler {
    /**
     * Handles a fact; events of no interest are passed over.
     *
     * @throws Exception transient ones make the inbox wait and try the same fact again, others are permanent
     */
    void handle(Event event) throws Exception;
}
