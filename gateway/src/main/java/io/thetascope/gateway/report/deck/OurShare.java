package io.thetascope.gateway.report.deck;

import io.thetascope.gateway.report.answer.OverSeeds;
import java.util.List;

/**
 * What this study has beside a share of the deck, in one cell.
 *
 * @param cell which runs
 * @param share of the same kind as the deck's, 0–1
 * @param predictedGeometryDead share of the parameters that can only ever meet padding, 0–1
 * @param reasons what explains it, and what does not
 */
public record OurShare(OurCell cell, OverSeeds share, OverSeeds predictedGeometryDead, List<Reason> reasons) {
    public OurShare {
        reasons = List.copyOf(reasons);
    }
}
