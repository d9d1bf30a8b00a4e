package io.thetascope.gateway.verdict;

import java.util.List;

/**
 * What a study says to each claim (MEASURES §9).
 *
 * @param items one a claim
 * @param note how they are decided
 */
public record Verdicts(List<Verdict> items, String note) {
    private static final String NOTE =
            "A cell is what one row of numbers is about. Runs below the gate are left out; of the"
                    + " others a 95 % t interval is taken over at least three seeds. Supported: every cell lies wholly beyond the"
                    + " threshold. Refuted: one lies wholly on the other side. Gate-not-met: of a cell no run is worth discussing."
                    + " Underpowered: all else. Counts need one run. A verdict speaks for the cells of this study alone.";

    public Verdicts {
        items = List.copyOf(items);
    }

    /** Judges every claim. */
    public static Verdicts of(Evidence evidence) {
        return new Verdicts(
                Claims.all().stream().map(claim -> claim.judge(evidence)).toList(), NOTE);
    }
}
