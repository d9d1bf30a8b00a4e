package io.thetascope.contracts.run;

import io.thetascope.contracts.identity.ContentHash;
import io.thetascope.contracts.identity.RunId;

/**
 * The three seeds of a run, each within 0 and 2⁵³−1 so that JSON carries them exactly.
 *
 * @param init of the drawn parameters; 0 for generation 1, whose start is not drawn
 * @param order of the training images, a permutation per epoch
 * @param dropout of the dropout masks
 */
public record Seeds(long init, long order, long dropout) {
    private static final long MAX = (1L << 53) - 1;
    private static final int HEX_DIGITS = 14;

    public Seeds {
        require("init", init);
        require("order", order);
        require("dropout", dropout);
    }

    /** Returns the seeds of a generation-0 run from the seed that a user wrote into the study. */
    public static Seeds ofBase(long seed) {
        return new Seeds(derive(seed, "init"), derive(seed, "order"), derive(seed, "dropout"));
    }

    /** Returns the seeds of a retraining of this parent: shared by its perturbed children and the same-seed twin. */
    public static Seeds ofRetraining(RunId parent) {
        return new Seeds(0, derive(parent, "retrain", "order"), derive(parent, "retrain", "dropout"));
    }

    /** Returns the seeds of the k-th twin with a new seed, k from 1. */
    public static Seeds ofNewTwin(RunId parent, int k) {
        return new Seeds(0, derive(parent, "new", k, "order"), derive(parent, "new", k, "dropout"));
    }

    private static long derive(Object... parts) {
        StringBuilder text = new StringBuilder("thetascope-seed");
        for (Object part : parts) {
            text.append('/').append(part);
        }
        return Long.parseLong(ContentHash.hex(text.toString()).substring(0, HEX_DIGITS), 16) & MAX;
    }

    private static void require(String name, long seed) {
        if (seed < 0 || seed > MAX) {
            throw new IllegalArgumentException(name + " seed must be within 0 and 2^53-1: " + seed);
        }
    }
}
