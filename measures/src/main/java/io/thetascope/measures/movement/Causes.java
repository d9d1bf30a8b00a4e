package io.thetascope.measures.movement;

import io.thetascope.contracts.analysis.Attribution;

/** The counts from which an attribution follows, over a tensor or a network. Eight parameters are counted at once. */
final class Causes {
    private final boolean evidence;
    private long unchanged;
    private long geometryDead;
    private long dataDead;
    private long absorbed;
    private long returned;
    private long predicted;
    private long contradicted;

    Causes(boolean evidence) {
        this.evidence = evidence;
    }

    /**
     * Adds up to eight parameters, one bit each.
     *
     * @param present which bits stand for a parameter
     * @param same which of them equal their start
     * @param dead which are geometry-dead
     */
    void add(int present, int same, int dead) {
        unchanged += Integer.bitCount(same);
        predicted += Integer.bitCount(present & dead);
        geometryDead += Integer.bitCount(same & dead);
    }

    /**
     * Adds what the evidence says of parameters that were added.
     *
     * @param present which bits stand for a parameter
     * @param same which of them equal their start
     * @param dead which are geometry-dead
     * @param seen which had a gradient
     * @param changed which an update changed
     */
    void addEvidence(int present, int same, int dead, int seen, int changed) {
        int asked = same & ~dead;
        dataDead += Integer.bitCount(asked & ~seen & ~changed);
        absorbed += Integer.bitCount(asked & seen & ~changed);
        returned += Integer.bitCount(asked & seen & changed);
        contradicted += Integer.bitCount(present & ~same & ~changed);
    }

    void add(Causes other) {
        unchanged += other.unchanged;
        geometryDead += other.geometryDead;
        dataDead += other.dataDead;
        absorbed += other.absorbed;
        returned += other.returned;
        predicted += other.predicted;
        contradicted += other.contradicted;
    }

    /** Returns how many differ from their start though the evidence says that no update changed them. */
    long contradicted() {
        return contradicted;
    }

    Attribution attribution() {
        return new Attribution(
                evidence,
                unchanged,
                geometryDead,
                dataDead,
                absorbed,
                returned,
                unchanged - geometryDead - dataDead - absorbed - returned,
                predicted,
                predicted - geometryDead);
    }
}
