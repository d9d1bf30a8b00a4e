package io.thetascope.trainer.data;

import io.thetascope.contracts.identity.ContentHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The random numbers of one epoch's order: SplitMix64 (Steele, Lea, Flood 2014) from a hash of (order seed, epoch). Ours, and
 * pinned by a test, because the order decides the result of a run.
 */
final class OrderStream {
    /** Part of what is hashed: another generator would get another name, and old runs would keep theirs. */
    private static final String VERSION = "thetascope/order/v1";

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    OrderStream(long seed, int epoch) {
        byte[] identity = (VERSION + "/" + seed + "/" + epoch).getBytes(StandardCharsets.UTF_8);
        state = ByteBuffer.wrap(ContentHash.sha256().digest(identity)).getLong();
    }

    /** Returns a number below the bound, each equally likely. */
    int below(int bound) {
        while (true) {
            long bits = next() >>> 1;
            long value = bits % bound;
            // the last incomplete run of multiples would favour small numbers: draw again
            if (bits - value + (bound - 1) >= 0) {
                return (int) value;
            }
        }
    }

    private long next() {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
