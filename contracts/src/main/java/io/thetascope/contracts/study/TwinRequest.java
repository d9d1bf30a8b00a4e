package io.thetascope.contracts.study;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.thetascope.contracts.run.Twin;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Controls asked for with every perturbed parent.
 *
 * @param kind same-seed or new-seed
 * @param count how many; one for same-seed
 */
public record TwinRequest(String kind, int count) {
    static final TwinRequest SAME_SEED = new TwinRequest(Twin.SAME_SEED, 1);
    static final TwinRequest NEW_SEED = new TwinRequest(Twin.NEW_SEED, 1);

    public TwinRequest {
        if (!kind.equals(Twin.SAME_SEED) && !kind.equals(Twin.NEW_SEED)) {
            throw new IllegalArgumentException("a twin is same-seed or new-seed: " + kind);
        }
        if (count < 1 || (kind.equals(Twin.SAME_SEED) && count != 1)) {
            throw new IllegalArgumentException("a twin's count is 1 for same-seed, at least 1 for new-seed: " + count);
        }
    }

    /** Reads a name alone, or {kind, count}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static TwinRequest read(Object written) {
        if (written instanceof String name) {
            return new TwinRequest(name, 1);
        }
        if (written instanceof Map<?, ?> map && map.get("kind") instanceof String kind) {
            Object count = map.get("count");
            if (count == null || count instanceof Integer) {
                return new TwinRequest(kind, count == null ? 1 : (Integer) count);
            }
        }
        throw new IllegalArgumentException("a twin is a name or {kind, count}: " + written);
    }

    /** Returns the twins asked for. */
    public List<Twin> twins() {
        return kind.equals(Twin.SAME_SEED)
                ? List.of(new Twin(Twin.SAME_SEED, 0))
                : IntStream.rangeClosed(1, count)
                        .mapToObj(k -> new Twin(Twin.NEW_SEED, k))
                        .toList();
    }
}
