package io.thetascope.gateway.reading;

import io.thetascope.contracts.analysis.GroupMovement;
import io.thetascope.contracts.analysis.LayerMovement;
import io.thetascope.contracts.analysis.MovementResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long the way of a part of the parameters was, from checkpoint to checkpoint (MEASURES §1).
 *
 * @param name whole, live, a kind such as weight, or a layer such as {@code conv1.weight}
 * @param pathLength Σ of the distances
 * @param straightness ‖θT − θ0‖ / path, 0–1; absent at path 0
 */
public record PathView(
        String name, double pathLength, @Nullable Double straightness) {
    private static final String WHOLE = "whole";

    /** One piece of the way of a part. */
    private record Piece(String name, double distance, double fromStart) {}

    /**
     * Returns the ways of all parts, the whole first. A part that some piece does not tell of, as those that were measured
     * before there were kinds, has none.
     *
     * @param items ascending, without a gap, at least one
     */
    static List<PathView> of(List<MovementResult> items) {
        Map<String, List<Piece>> byName = new LinkedHashMap<>();
        items.stream()
                .flatMap(PathView::pieces)
                .forEach(piece -> byName.computeIfAbsent(piece.name(), name -> new ArrayList<>())
                        .add(piece));
        return byName.values().stream()
                .filter(pieces -> pieces.size() == items.size())
                .map(PathView::path)
                .toList();
    }

    private static Stream<Piece> pieces(MovementResult item) {
        return Stream.of(
                        Stream.of(new Piece(WHOLE, item.distance(), item.distanceFromStart())),
                        Stream.ofNullable(item.live()).map(PathView::piece),
                        item.kinds().stream().map(PathView::piece),
                        item.layers().stream().map(PathView::piece))
                .flatMap(pieces -> pieces);
    }

    private static Piece piece(GroupMovement group) {
        return new Piece(group.name(), group.distance(), group.distanceFromStart());
    }

    private static Piece piece(LayerMovement layer) {
        return new Piece(layer.name(), layer.distance(), layer.distanceFromStart());
    }

    private static PathView path(List<Piece> pieces) {
        Piece last = pieces.get(pieces.size() - 1);
        double path = pieces.stream().mapToDouble(Piece::distance).reduce(0, Double::sum);
        return new PathView(last.name(), path, path > 0 ? (Double) (last.fromStart() / path) : null);
    }
}
