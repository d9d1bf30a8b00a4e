package io.thetascope.measures.alignment;

import io.thetascope.measures.CompensatedSum;
import io.thetascope.measures.orientation.NormalisedFilters;
import io.thetascope.networks.UnitAxis;
import java.util.List;

/**
 * The scales of filters that a BatchNorm takes out again.
 *
 * @param filters along which the units lie: the weights first, then the bias where there is one
 */
record FilterScales(List<UnitAxis> filters) {
    FilterScales {
        filters = List.copyOf(filters);
    }

    static FilterScales of(NormalisedFilters normalised) {
        return new FilterScales(normalised.filters().stream()
                .map(parameter -> new UnitAxis(parameter, 0, 1))
                .toList());
    }

    /** Brings every filter to a norm of 1; one of norm 0 stays. */
    void normalise(Model model) {
        for (int unit = 0; unit < filters.get(0).units(); unit++) {
            CompensatedSum squares = new CompensatedSum();
            model.addSquares(filters.get(0), unit, squares);
            if (squares.value() > 0) {
                scale(model, unit, 1 / squares.root());
            }
        }
    }

    private void scale(Model model, int unit, double factor) {
        filters.forEach(axis -> model.scale(axis, unit, factor));
    }
}
