package io.thetascope.gateway.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.json.Json;
import io.thetascope.gateway.damage.Damage;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an analysis stands in a report.
 *
 * @param outcome measured, refused, failed, planned, or withheld where a checkpoint that it reads is damaged
 * @param reason why it is not measured
 * @param result its numbers
 */
record Ending(
        String outcome, @Nullable String reason, @Nullable JsonNode result) {
    static final String MEASURED = "measured";
    static final String PLANNED = "planned";
    private static final Ending NOT_YET = new Ending(PLANNED, null, null);

    static Ending of(@Nullable AnalysisCompleted fact) {
        if (fact == null) {
            return NOT_YET;
        }
        String outcome = fact.outcome().name().toLowerCase(Locale.ROOT);
        return new Ending(outcome, fact.reason(), fact.outcome() == AnalysisOutcome.MEASURED ? fact.result() : null);
    }

    /** Takes the numbers away that read a damaged checkpoint. */
    Ending unless(Optional<String> withheld) {
        return outcome.equals(MEASURED) && withheld.isPresent()
                ? new Ending(Damage.WITHHELD, withheld.get(), null)
                : this;
    }

    /** Reads the numbers; what says measured but cannot be read is a failure, never a zero. */
    <T> Reading<T> read(Class<T> type) {
        if (!outcome.equals(MEASURED)) {
            return new Reading<>(Optional.empty(), this);
        }
        if (result == null) {
            return new Reading<>(Optional.empty(), unreadable("it has no numbers"));
        }
        try {
            return new Reading<>(Optional.of(Json.read(result, type)), this);
        } catch (UncheckedIOException e) {
            return new Reading<>(Optional.empty(), unreadable("a number is missing or not finite"));
        }
    }

    private static Ending unreadable(String why) {
        return new Ending("failed", "the result cannot be read: " + why, null);
    }

    /**
     * Numbers, or why there are none.
     *
     * @param numbers when measured and readable
     * @param ending how it stands
     */
    record Reading<T>(Optional<T> numbers, Ending ending) {}
}
