package io.thetascope.contracts.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is done to the trainable parameters of a finished model before it is retrained.
 *
 * @param kind sign-flip, epsilon, random-signs, gaussian or ulp
 * @param value of epsilon: what is added to every parameter; of gaussian: the norm; absent otherwise
 * @param scope all, or later a layer, a kind, live weights
 * @param seed of the random kinds; absent for the others
 */
public record Perturbation(
        String kind,
        @Nullable Double value,
        String scope,
        @Nullable Long seed) {
    public static final String SIGN_FLIP = "sign-flip";
    public static final String EPSILON = "epsilon";
    public static final double DEFAULT_EPSILON = 1e-6;
    public static final String ALL = "all";

    public Perturbation {
        if (value != null && !Double.isFinite(value)) {
            throw new IllegalArgumentException("a perturbation's value must be finite: " + value);
        }
        if (kind.equals(SIGN_FLIP) && value != null) {
            throw new IllegalArgumentException("sign-flip takes no value: " + value);
        }
        if (kind.equals(EPSILON) && value == null) {
            throw new IllegalArgumentException("epsilon needs a value");
        }
    }

    /** Returns θ → −θ on every trainable parameter. */
    public static Perturbation signFlip() {
        return new Perturbation(SIGN_FLIP, null, ALL, null);
    }

    /** Returns θ → θ + ε on every trainable parameter. */
    public static Perturbation epsilon(double value) {
        return new Perturbation(EPSILON, value, ALL, null);
    }

    /** Reads a name alone, like {@code sign-flip}, with that kind's defaults. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Perturbation read(Object written) {
        if (written instanceof String name) {
            return new Perturbation(name, name.equals(EPSILON) ? DEFAULT_EPSILON : null, ALL, null);
        }
        if (written instanceof Map<?, ?> map && map.get("kind") instanceof String kind) {
            return new Perturbation(
                    kind, value(kind, map.get("value")), scope(map.get("scope")), seed(map.get("seed")));
        }
        throw new IllegalArgumentException("a perturbation is a name or {kind, value, scope, seed}: " + written);
    }

    private static @Nullable Double value(String kind, @Nullable Object written) {
        if (written == null) {
            return kind.equals(EPSILON) ? DEFAULT_EPSILON : null;
        }
        if (written instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("a perturbation's value must be a number: " + written);
    }

    private static String scope(@Nullable Object written) {
        if (written == null) {
            return ALL;
        }
        if (written instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("a perturbation's scope must be text: " + written);
    }

    private static @Nullable Long seed(@Nullable Object written) {
        if (written == null) {
            return null;
        }
        if (written instanceof Integer || written instanceof Long) {
            return ((Number) written).longValue();
        }
        throw new IllegalArgumentException("a perturbation's seed must be a whole number: " + written);
    }

    /** Returns a short text for tables, like {@code epsilon 1.0E-6}. */
    public String label() {
        String scoped = scope.equals(ALL) ? "" : " on " + scope;
        return kind + (value == null ? "" : " " + value) + scoped;
    }
}
