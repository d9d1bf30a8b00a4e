package io.thetascope.gateway.report.deck;

import io.thetascope.gateway.report.answer.OverSeeds;
import java.util.List;

/**
 * What this study has beside three norms of the deck, in one cell.
 *
 * @param cell which runs
 * @param start ‖θ0‖ of the trained models
 * @param norm1 ‖θ1‖
 * @param norm2 ‖θ2‖; none for a correlation slide, which is of one model
 * @param distance ‖θ2 − θ1‖; none there
 * @param cosine of θ1 and θ2 from the three norms of each run; none there
 * @param drift ‖θ2same − θ1‖ of the same-seed twins; none there
 * @param ratioToDrift distance / drift of each run; none there
 * @param displaced ‖θp − θ1‖; none there
 * @param reasons what explains the deck's numbers and the differences, and what does not
 */
public record OurTriangle(
        OurCell cell,
        OverSeeds start,
        OverSeeds norm1,
        OverSeeds norm2,
        OverSeeds distance,
        OverSeeds cosine,
        OverSeeds drift,
        OverSeeds ratioToDrift,
        OverSeeds displaced,
        List<Reason> reasons) {
    public OurTriangle {
        reasons = List.copyOf(reasons);
    }

    OurTriangle because(List<Reason> known) {
        return new OurTriangle(cell, start, norm1, norm2, distance, cosine, drift, ratioToDrift, displaced, known);
    }
}
