package io.thetascope.networks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The random numbers of one parameter: a function of (seed, parameter name, index) and nothing else, so that any part
 * can be drawn alone, in any order, on any machine. SplitMix64 (Steele, Lea, Flood 2014) read by counter; arithmetic in
 * {@link StrictMath}.
 */
final class ParameterStream {

    /** Part of what is hashed: another generator would get another name, and old runs would keep theirs. */
    private static final String VERSION = "thetascope/initialization/v1";

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private final long key;

    ParameterStream(long key) {
        this.key = key;
    }

    static ParameterStream of(long seed, String parameter) {
        try {
            byte[] identity = (VERSION + "/" + seed + "/" + parameter).getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity);
            return new ParameterStream(ByteBuffer.wrap(digest).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** 64 random bits. */
    long bits(long index) {
        long z = key + (index + 1) * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in the open interval (0, 1): 2⁵³ equally likely midpoints, never an end. */
    double uniform(long index) {
        return ((bits(index) >>> 11) + 0.5) * UNIT;
    }

    /**
     * Standard normal by Box–Muller: an even index is the cosine half of its pair, the odd one after it the sine half.
     */
    double normal(long index) {
        long even = index & ~1L;
        double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(even)));
        double angle = 2 * StrictMath.PI * uniform(even + 1);
        return radius * (index == even ? StrictMath.cos(angle) : StrictMath.sin(angle));
    }
}
