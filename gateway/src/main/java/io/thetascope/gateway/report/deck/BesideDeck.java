package io.thetascope.gateway.report.deck;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.gateway.report.RunRow;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The deck's numbers beside those of a study.
 *
 * @param triangles three norms a line
 * @param claims a share a line
 */
public record BesideDeck(List<Triangle> triangles, List<Claim> claims) {
    public BesideDeck {
        triangles = List.copyOf(triangles);
        claims = List.copyOf(claims);
    }

    /**
     * Three norms of the deck.
     *
     * @param deck its numbers
     * @param ours one for every cell of the study that matches; empty where it ran none
     */
    public record Triangle(DeckTriangle deck, List<OurTriangle> ours) {
        public Triangle {
            ours = List.copyOf(ours);
        }
    }

    /**
     * A share of the deck.
     *
     * @param deck its number
     * @param ours one for every cell of the study that matches; empty where it ran none
     */
    public record Claim(DeckClaim deck, List<OurShare> ours) {
        public Claim {
            ours = List.copyOf(ours);
        }
    }

    /** Puts the numbers of a study beside the deck's. */
    public static BesideDeck of(AcceptedStudy study, List<RunRow> rows) {
        Map<RunId, RunSpec> specs = study.runs().stream()
                .collect(Collectors.toMap(PlannedRun::runId, PlannedRun::spec, (first, again) -> first));
        Cells cells = new Cells(rows, specs);
        return new BesideDeck(
                Deck.TRIANGLES.stream()
                        .map(deck -> new Triangle(deck, TriangleFigures.of(deck, cells)))
                        .toList(),
                Deck.CLAIMS.stream()
                        .map(deck -> new Claim(deck, ShareFigures.of(deck, cells)))
                        .toList());
    }
}
