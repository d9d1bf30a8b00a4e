package io.thetascope.trainer.checkpoint;

/** Cuts a long tensor into pieces that fit into memory. A multiple of eight elements, so that packed bits cut evenly. */
final class Pieces {
    private static final int LONGEST = 1 << 18;

    private Pieces() {}

    /** What is done with a piece. */
    @FunctionalInterface
    interface Piece {
        void take(long from, int count);
    }

    /** Takes all pieces of so many elements in order. */
    static void of(long elements, Piece piece) {
        for (long from = 0; from < elements; from += LONGEST) {
            piece.take(from, (int) Math.min(LONGEST, elements - from));
        }
    }
}
