package io.thetascope.contracts.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is done to the trainable parameters of a finished model before it is retrained.
 *
 * @param kind sign-flip (θ → −θ); epsilon (θ → θ + value); random-signs (without a value θ → sθ, with one θ → θ + value·s, where
 *     every s is drawn −1 or 1 alike); gaussian (θ → θ + cz, z standard normal, c such that ‖cz‖₂ over the scope is the norm asked
 *     for); ulp (θ → the next float up or down, drawn alike)
 * @param value of epsilon and random-signs: what is added to every parameter; of gaussian: the norm; absent otherwise
 * @param scope all trainable parameters, live (those that are not geometry-dead), a kind (weight, bias, norm-weight, norm-bias) or
 *     a layer by its name, such as conv1
 * @param seed of the random kinds, from 0; absent for the others
 * @param matching of gaussian, in place of a value: the perturbation whose ‖θp − θ‖₂, over the same scope and as floats, is the
 *     norm; absent otherwise
 */
public record Perturbation(
        String kind,
        @Nullable Double value,
        String scope,
        @Nullable Long seed,
        @Nullable Perturbation matching) {
    public static final String SIGN_FLIP = "sign-flip";
    public static final String EPSILON = "epsilon";
    public static final String RANDOM_SIGNS = "random-signs";
    public static final String GAUSSIAN = "gaussian";
    public static final String ULP = "ulp";
    public static final double DEFAULT_EPSILON = 1e-6;
    public static final long DEFAULT_SEED = 1;
    /** Every trainable parameter. */
    public static final String ALL = "all";
    /** Every trainable parameter that is not geometry-dead. */
    public static final String LIVE = "live";

    private static final Set<String> RANDOM = Set.of(RANDOM_SIGNS, GAUSSIAN, ULP);

    public Perturbation {
        if (value != null && !Double.isFinite(value)) {
            throw new IllegalArgumentException("a perturbation's value must be finite: " + value);
        }
        if (value != null && (kind.equals(SIGN_FLIP) || kind.equals(ULP))) {
            throw new IllegalArgumentException(kind + " takes no value: " + value);
        }
        if (value != null && value < 0 && (kind.equals(RANDOM_SIGNS) || kind.equals(GAUSSIAN))) {
            throw new IllegalArgumentException(kind + "'s value must be >= 0: " + value);
        }
        if (value == null && kind.equals(EPSILON)) {
            throw new IllegalArgumentException("epsilon needs a value");
        }
        if (kind.equals(GAUSSIAN) && (value == null) == (matching == null)) {
            throw new IllegalArgumentException(
                    "gaussian needs either a value, its norm, or matching, the perturbation whose norm it takes: "
                            + value + ", " + matching);
        }
        if (matching != null) {
            requireMatch(kind, scope, matching);
        }
        if ((seed != null) != RANDOM.contains(kind) && kinds().contains(kind)) {
            throw new IllegalArgumentException(
                    "the kinds that draw have a seed, the others have none: " + kind + " " + seed);
        }
    }

    private static void requireMatch(String kind, String scope, Perturbation matching) {
        if (!kind.equals(GAUSSIAN)) {
            throw new IllegalArgumentException("only gaussian takes the norm of another perturbation: " + kind);
        }
        if (matching.kind.equals(GAUSSIAN) || !matching.scope.equals(scope)) {
            throw new IllegalArgumentException(
                    "gaussian on " + scope + " takes the norm of another kind on the same scope: " + matching.label());
        }
    }

    /** Returns every kind there is. */
    public static List<String> kinds() {
        return List.of(SIGN_FLIP, EPSILON, RANDOM_SIGNS, GAUSSIAN, ULP);
    }

    /** Whether a kind draws random numbers. */
    public static boolean draws(String kind) {
        return RANDOM.contains(kind);
    }

    /** Returns θ → −θ on every trainable parameter. */
    public static Perturbation signFlip() {
        return new Perturbation(SIGN_FLIP, null, ALL, null, null);
    }

    /** Returns θ → θ + ε on every trainable parameter. */
    public static Perturbation epsilon(double value) {
        return new Perturbation(EPSILON, value, ALL, null, null);
    }

    /** Reads a name alone, like {@code sign-flip}, or an object; what is left out takes that kind's defaults. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Perturbation read(Object written) {
        return read(written, ALL);
    }

    private static Perturbation read(Object written, String scopeOtherwise) {
        if (written instanceof String name) {
            return read(Map.of("kind", name), scopeOtherwise);
        }
        if (written instanceof Map<?, ?> map && map.get("kind") instanceof String kind) {
            String scope = scope(map.get("scope"), scopeOtherwise);
            Object matching = map.get("matching");
            return new Perturbation(
                    kind,
                    value(kind, map.get("value")),
                    scope,
                    seed(kind, map.get("seed")),
                    matching == null ? null : read(matching, scope));
        }
        throw new IllegalArgumentException(
                "a perturbation is a name or {kind, value, scope, seed, matching}: " + written);
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

    private static String scope(@Nullable Object written, String otherwise) {
        if (written == null) {
            return otherwise;
        }
        if (written instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("a perturbation's scope must be text: " + written);
    }

    private static @Nullable Long seed(String kind, @Nullable Object written) {
        if (written == null) {
            return RANDOM.contains(kind) ? DEFAULT_SEED : null;
        }
        if (written instanceof Integer || written instanceof Long) {
            return ((Number) written).longValue();
        }
        throw new IllegalArgumentException("a perturbation's seed must be a whole number: " + written);
    }

    /** Returns a short text for tables, like {@code epsilon 1.0E-6} or {@code gaussian like sign-flip}. */
    public String label() {
        String scoped = scope.equals(ALL) ? "" : " on " + scope;
        return sized() + scoped + seeded();
    }

    private String sized() {
        String like = matching == null ? "" : " like " + matching.drawn();
        return kind + (value == null ? "" : " " + value) + like;
    }

    /** In brackets where it has a seed, which would else be read as that of the gaussian. */
    private String drawn() {
        return seeded().isEmpty() ? sized() : "(" + sized() + seeded() + ")";
    }

    private String seeded() {
        return seed == null || seed == DEFAULT_SEED ? "" : " #" + seed;
    }
}
