package io.thetascope.networks;

import io.thetascope.contracts.identity.ContentHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Random numbers that are a function of (identity, index) and nothing else, so that any of them can be drawn alone, in any order,
 * on any machine. SplitMix64 (Steele, Lea, Flood 2014) read by counter; arithmetic in {@link StrictMath}. Ours, and pinned by a
 * test, because starting points, orders and masks decide the result of a run.
 */
public final class CounterStream {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private final long key;

    CounterStream(long key) {
        this.key = key;
    }

    /**
     * The stream of an identity.
     *
     * @param identity names the generator with its version, the seed, and what is drawn; another text, another stream
     */
    public static CounterStream of(String identity) {
        byte[] digest = ContentHash.sha256().digest(identity.getBytes(StandardCharsets.UTF_8));
        return new CounterStream(ByteBuffer.wrap(digest).getLong());
    }

    /** 64 random bits. */
    public long bits(long index) {
        long z = key + (index + 1) * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in the open interval (0, 1): 2⁵³ equally likely midpoints, never an end. */
    public double uniform(long index) {
        return ((bits(index) >>> 11) + 0.5) * UNIT;
    }

    /**
     * Standard normal by Box–Muller: an even index is the cosine half of its pair, the odd one after it the sine half.
     */
    public double normal(long index) {
        long even = index & ~1L;
        double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(even)));
        double angle = 2 * StrictMath.PI * uniform(even + 1);
        return radius * (index == even ? StrictMath.cos(angle) : StrictMath.sin(angle));
    }
}
