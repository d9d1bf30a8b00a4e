package io.thetascope.gateway.api;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.gateway.projection.EventLog;
import io.thetascope.gateway.reading.EventReading;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;

/** One client's way along the event log. It reads the log itself, so it makes no difference which replica it asks. */
final class EventFeed {
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int BATCH = 500;
    private static final int PAUSES_PER_SIGN_OF_LIFE = 50;

    private final EventReading events;
    private final StudyId study;
    private final Sse sse;
    private long at;
    private int silent = PAUSES_PER_SIGN_OF_LIFE; // the first answer comes at once, whatever there is

    EventFeed(EventReading events, StudyId study, long at, Sse sse) {
        this.events = events;
        this.study = study;
        this.at = at;
        this.sse = sse;
    }

    Multi<OutboundSseEvent> stream() {
        return Multi.createFrom()
                .ticks()
                .every(PAUSE)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick ->
                        Uni.createFrom().item(this::next).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .onItem()
                .transformToMultiAndConcatenate(events -> Multi.createFrom().iterable(events));
    }

    /** One reading at a time, each after the other. */
    private synchronized List<OutboundSseEvent> next() {
        List<EventLog.Entry> entries = events.of(study, at, BATCH);
        if (entries.isEmpty()) {
            return signOfLife();
        }
        at = entries.get(entries.size() - 1).seq();
        silent = 0;
        return entries.stream().map(this::event).toList();
    }

    /** Without one, proxies would end a quiet stream. */
    private List<OutboundSseEvent> signOfLife() {
        silent++;
        if (silent <= PAUSES_PER_SIGN_OF_LIFE) {
            return List.of();
        }
        silent = 0;
        return List.of(sse.newEventBuilder().comment("still here").build());
    }

    private OutboundSseEvent event(EventLog.Entry entry) {
        return sse.newEventBuilder()
                .id(Long.toString(entry.seq()))
                .name(entry.name())
                .data(String.class, entry.data())
                .build();
    }
}
