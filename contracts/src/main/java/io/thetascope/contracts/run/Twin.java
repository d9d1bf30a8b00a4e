package io.thetascope.contracts.run;

/**
 * Which control of a perturbed run this is.
 *
 * @param kind same-seed or new-seed
 * @param index 0 for same-seed; k, from 1, for the k-th new seed
 */
public record Twin(String kind, int index) {
    public static final String SAME_SEED = "same-seed";
    public static final String NEW_SEED = "new-seed";

    public Twin {
        boolean valid = switch (kind) {
            case SAME_SEED -> index == 0;
            case NEW_SEED -> index >= 1;
            default -> false;
        };
        if (!valid) {
            throw new IllegalArgumentException(
                    "a twin is same-seed with index 0 or new-seed from 1: " + kind + " " + index);
        }
    }
}
