package io.thetascope.gateway.report.deck;

/**
 * What a number of this study says of a number of the deck.
 *
 * @param explained whether it explains it; else the difference stands unexplained
 * @param words with the numbers it rests on
 */
public record Reason(boolean explained, String words) {
    static Reason explained(String words) {
        return new Reason(true, words);
    }

    static Reason unexplained(String words) {
        return new Reason(false, words);
    }
}
