package io.thetascope.measures.symmetry;

import io.thetascope.networks.DeadTaps;

/** The elements of a parameter that are not geometry-dead, for those who ask for millions. */
final class LiveElements {
    private final boolean[] deadByTap;

    /** Knows the elements of a parameter that has these dead taps. */
    LiveElements(DeadTaps taps) {
        deadByTap = new boolean[taps.taps()];
        taps.dead().forEach(tap -> deadByTap[tap] = true);
    }

    /** Whether the element at this index of the parameter can meet a pixel. */
    boolean contains(long index) {
        return !deadByTap[(int) (index % deadByTap.length)];
    }
}
