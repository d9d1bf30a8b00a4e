package io.thetascope.measures.movement;

import io.thetascope.measures.Evidence;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.networks.DeadTaps;
import io.thetascope.networks.Parameter;
import org.jspecify.annotations.Nullable;

/** Counts, piece by piece of a parameter, what did not change and why (MEASURES §2). */
final class Unchanged {
    private final Parameter parameter;
    private final byte[] dead;
    private final @Nullable Evidence evidence;
    private final byte[] seen;
    private final byte[] changed;
    private final Causes causes;
    private long at;

    /**
     * Counts one parameter from its first value on.
     *
     * @param taps which of its elements are geometry-dead
     * @param evidence of the checkpoint that it moved to; absent where none is kept
     * @param piece the most values that are added at once, a multiple of 8
     */
    Unchanged(Parameter parameter, DeadTaps taps, @Nullable Evidence evidence, int piece) {
        this.parameter = parameter;
        this.dead = taps.bits();
        this.evidence = evidence;
        this.seen = new byte[piece / Byte.SIZE];
        this.changed = new byte[piece / Byte.SIZE];
        this.causes = new Causes(evidence != null);
    }

    /** Adds the next piece; all but the last are of a multiple of 8 values. */
    void add(float[] start, float[] to, int count) {
        if (evidence != null) {
            evidence.read(parameter, Evidence.Bit.GRADIENT_SEEN, at, seen, count);
            evidence.read(parameter, Evidence.Bit.VALUE_CHANGED, at, changed, count);
        }
        int tap = (int) (at / Byte.SIZE % dead.length);
        for (int first = 0; first < count; first += Byte.SIZE) {
            int present = 0xFF >> Math.max(0, first + Byte.SIZE - count);
            int same = same(start, to, first, count);
            causes.add(present, same, dead[tap]);
            if (evidence != null) {
                int octet = first / Byte.SIZE;
                causes.addEvidence(present, same, dead[tap], seen[octet], changed[octet]);
            }
            tap = tap + 1 == dead.length ? 0 : tap + 1;
        }
        at += count;
    }

    private static int same(float[] start, float[] to, int first, int count) {
        int same = 0;
        int end = Math.min(first + Byte.SIZE, count);
        for (int i = first; i < end; i++) {
            same |= (start[i] == to[i] ? 1 : 0) << (i - first);
        }
        return same;
    }

    /**
     * Returns the counts of the whole parameter.
     *
     * @throws NotMeasurableException when the evidence cannot be that of these weights
     */
    Causes causes() {
        if (causes.contradicted() > 0) {
            throw new NotMeasurableException(parameter.name() + ": " + causes.contradicted()
                    + " values differ from their start though the evidence says that no update ever changed them; is it"
                    + " the evidence of this checkpoint? Train the run again");
        }
        return causes;
    }
}
