package io.thetascope.gateway.request;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be asked of a run after it ended. */
public enum Measure {
    /** How far it moved, between every two consecutive checkpoints. */
    MOVEMENT,
    /** Why parameters did not change; movement says it, where the run kept evidence. */
    ATTRIBUTION,
    /** The features at every checkpoint. */
    FEATURES,
    /** In which order it learned. */
    ORDER,
    /** Whether it only trained its linearisation. */
    LAZINESS,
    /** Whether its checkpoints are what they were announced as. */
    INTEGRITY,
    /** How far it is from its parent and from its start, at every checkpoint; for retrainings. */
    PATH,
    /** What its perturbation did to the function, and what the symmetries of the network say; for perturbed runs. */
    SYMMETRY,
    /** Its end against that of another run. */
    PAIR,
    /** The same once the symmetries of the network are taken out. */
    ALIGNMENT,
    /** Whether another run learned in the same order. */
    ORDER_AGREEMENT,
    /** The loss along the straight line to the end of another run. */
    BARRIER;

    /** Returns how it is written in a request. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it holds two runs against each other. */
    public boolean needsOther() {
        return this == PAIR || this == ALIGNMENT || this == ORDER_AGREEMENT || this == BARRIER;
    }

    /** Whether it reads the parent of the run, too. */
    public boolean needsParent() {
        return this == PATH || this == SYMMETRY;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Measure::word).toList();
    }

    static Optional<Measure> named(String word) {
        return Arrays.stream(values()).filter(m -> m.word().equals(word)).findFirst();
    }
}
