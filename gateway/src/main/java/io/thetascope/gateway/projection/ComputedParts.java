package io.thetascope.gateway.projection;

import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.RunResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a run were computed. What an attempt did after its last resume point is done again by the next, so an
 * attempt that none followed from a later step than its own counts no more.
 *
 * @param parts in the order of their steps, the latest last
 */
public record ComputedParts(List<Part> parts) {
    /** A run that never started. */
    public static final ComputedParts NONE = new ComputedParts(List.of());

    /**
     * What one attempt computed.
     *
     * @param fromStep where it began; absent where that is no longer known
     * @param environment where it was computed
     */
    public record Part(@Nullable Step fromStep, Environment environment) {
        boolean isDoneAgainFrom(Step step) {
            return step.equals(Step.START) || (fromStep != null && fromStep.compareTo(step) >= 0);
        }
    }

    public ComputedParts {
        parts = List.copyOf(parts);
    }

    /** Returns the parts of a run that ended for good. */
    public static ComputedParts of(RunResult result) {
        return new ComputedParts(Stream.concat(result.earlierEnvironments().stream(), Stream.of(result.environment()))
                .map(environment -> new Part(null, environment))
                .toList());
    }

    /** Reads what {@link #json} wrote. */
    public static ComputedParts read(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), ComputedParts.class);
    }

    String json() {
        return new String(Json.bytes(this), StandardCharsets.UTF_8);
    }

    /** Another attempt goes on from a step, or over from the start. */
    ComputedParts goingOn(Step fromStep, Environment environment) {
        List<Part> kept = new ArrayList<>(parts);
        kept.removeIf(part -> part.isDoneAgainFrom(fromStep));
        kept.add(new Part(fromStep, environment));
        return new ComputedParts(kept);
    }

    /** Returns the environments before the latest, where the one after it rounds otherwise, in their order. */
    public List<Environment> earlier() {
        List<Environment> earlier = new ArrayList<>();
        for (int i = 0; i + 1 < parts.size(); i++) {
            Environment before = parts.get(i).environment();
            if (!before.fingerprint().equals(parts.get(i + 1).environment().fingerprint())) {
                earlier.add(before);
            }
        }
        return earlier;
    }
}
