package io.thetascope.analyzer.planning;

import io.thetascope.analyzer.records.AnalysisRecords;
import io.thetascope.analyzer.records.Standing;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.messaging.Facts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows from one fact: sent as it is found out, waited for once at the end. */
final class Orders {
    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    private final AnalysisRecords analyses;
    private final Facts facts;
    private final InstantSource clock;
    private final List<CompletableFuture<Void>> sent = new ArrayList<>();

    Orders(AnalysisRecords analyses, Facts facts, InstantSource clock) {
        this.analyses = analyses;
        this.facts = facts;
        this.clock = clock;
    }

    /** Queues an analysis, unless its result is there. */
    void start(AnalysisRequest request, Standing.Ready ready) {
        if (analyses.find(request, ready.inputs()).isEmpty()) {
            queue(request);
        }
    }

    /** Queues an analysis, or announces its result again so that whoever asks anew hears of it. */
    void startOrRepeat(AnalysisRequest request, Standing.Ready ready) {
        Optional<AnalysisCompleted> measured = analyses.find(request, ready.inputs());
        if (measured.isPresent()) {
            send(measured.get());
        } else {
            queue(request);
        }
    }

    /** Announces that an analysis cannot be measured. */
    void refuse(AnalysisRequest request, String reason) {
        LOG.info("analysis refused analysis={} kind={} reason={}", request.id(), request.kind(), reason);
        send(new AnalysisCompleted(
                request.id(),
                Attempt.START,
                request,
                AnalysisOutcome.REFUSED,
                reason,
                List.of(),
                null,
                null,
                clock.instant()));
    }

    /** Waits until everything sent is kept by the broker. */
    void await() {
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    }

    private void queue(AnalysisRequest request) {
        LOG.debug("analysis queued analysis={} kind={}", request.id(), request.kind());
        send(new AnalysisJob(request.id(), request));
    }

    private void send(Event event) {
        sent.add(facts.publish(event));
    }
}
