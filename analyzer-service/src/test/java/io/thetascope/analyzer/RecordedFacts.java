package io.thetascope.analyzer;

import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.messaging.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Keeps what was announced. */
public final class RecordedFacts implements Facts {
    private final List<Event> events = new ArrayList<>();

    @Override
    public CompletableFuture<Void> publish(Event event) {
        events.add(event);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void flush() {}

    /** Returns the jobs since the last call. */
    public List<AnalysisJob> takeJobs() {
        List<AnalysisJob> jobs = of(AnalysisJob.class);
        events.removeAll(jobs);
        return jobs;
    }

    public List<AnalysisCompleted> endings() {
        return of(AnalysisCompleted.class);
    }

    public AnalysisCompleted last() {
        List<AnalysisCompleted> endings = endings();
        return endings.get(endings.size() - 1);
    }

    public Set<AnalysisId> ids(AnalysisOutcome outcome) {
        return endings().stream()
                .filter(e -> e.outcome() == outcome)
                .map(AnalysisCompleted::analysisId)
                .collect(Collectors.toSet());
    }

    private <T extends Event> List<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
