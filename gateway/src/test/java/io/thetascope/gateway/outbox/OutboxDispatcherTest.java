package io.thetascope.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.RunControl;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.testing.PublishedFacts;
import io.thetascope.gateway.testing.TestDatabase;
import io.thetascope.messaging.trace.TraceParent;
import org.junit.jupiter.api.Test;

class OutboxDispatcherTest {
    private final Database database = TestDatabase.create();
    private final PublishedFacts facts = new PublishedFacts();
    private final OutboxDispatcher dispatcher = new OutboxDispatcher(database, facts);

    private void add(long revision) {
        Event event = new RunControl(new RunId("r0123456789abcdef0123"), true, revision);
        database.run(session -> new Outbox(session).add(event));
    }

    @Test
    void publishesInOrderAndOnce() {
        for (int i = 1; i <= 450; i++) {
            add(i);
        }
        assertThat(dispatcher.dispatch()).isEqualTo(450);
        assertThat(facts.of(RunControl.class))
                .extracting(RunControl::revision)
                .isSorted()
                .hasSize(450);
        assertThat(dispatcher.dispatch()).isZero();
    }

    @Test
    void whatCouldNotBePublishedStaysAndIsPublishedLater() {
        add(1);
        add(2);
        facts.failNext(1);
        assertThatThrownBy(dispatcher::dispatch).hasMessageContaining("the broker is away");
        assertThat(dispatcher.dispatch()).isEqualTo(2);
        assertThat(facts.of(RunControl.class)).extracting(RunControl::revision).contains(1L, 2L);
    }

    @Test
    void eachEventGoesOnInTheTraceInWhichItWasStoredThoughAnotherProcessPublishesIt() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        TraceParent.context(trace).wrap(() -> add(1)).run();
        add(2);
        facts.failNext(1);
        assertThatThrownBy(dispatcher::dispatch).hasMessageContaining("the broker is away");
        PublishedFacts later = new PublishedFacts();
        new OutboxDispatcher(database, later).dispatch();
        assertThat(later.traceParents()).containsExactly(trace, "");
        assertThat(TraceParent.current()).isEmpty();
    }

    @Test
    void aTransactionThatFailsAnnouncesNothing() {
        assertThatThrownBy(() -> database.run(session -> {
                    new Outbox(session).add(new RunControl(new RunId("r0123456789abcdef0123"), true, 1));
                    throw new IllegalStateException("crash");
                }))
                .hasMessage("crash");
        assertThat(dispatcher.dispatch()).isZero();
    }
}
