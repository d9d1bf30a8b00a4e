package io.thetascope.measures.alignment;

import io.thetascope.measures.CompensatedSum;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterKind;
import io.thetascope.networks.UnitAxis;
import io.thetascope.networks.UnitGroup;
import java.util.List;

/**
 * Hidden units whose scale can be pushed on to the layers that read them, since nothing between is more than positively
 * homogeneous: no BatchNorm.
 *
 * @param first weights and bias of the layer in which they appear first
 * @param out every axis along which they come out, those of {@code first} included
 * @param in every axis along which they are read
 */
record ScalableUnits(List<UnitAxis> first, List<UnitAxis> out, List<UnitAxis> in) {
    ScalableUnits {
        first = List.copyOf(first);
        out = List.copyOf(out);
        in = List.copyOf(in);
    }

    /** Returns those of the network, in its order. */
    static List<ScalableUnits> of(List<UnitGroup> groups) {
        return groups.stream()
                .filter(group -> group.axes().stream().noneMatch(ScalableUnits::isNorm))
                .map(ScalableUnits::of)
                .toList();
    }

    private static ScalableUnits of(UnitGroup group) {
        List<UnitAxis> out =
                group.axes().stream().filter(axis -> axis.dimension() == 0).toList();
        return new ScalableUnits(
                out.stream()
                        .filter(axis -> axis.tensor().layer().equals(group.name()))
                        .toList(),
                out,
                group.axes().stream().filter(axis -> axis.dimension() == 1).toList());
    }

    private static boolean isNorm(UnitAxis axis) {
        return axis.tensor() instanceof Parameter parameter && parameter.kind() == ParameterKind.NORM_WEIGHT;
    }

    /**
     * Brings (w, b) of every unit to a norm of 1 in the layer in which it appears first; a unit of norm 0 stays. Layers are
     * to be taken in topological order: then the result is the same whatever the scales were.
     */
    void normalise(Model model) {
        for (int unit = 0; unit < first.get(0).units(); unit++) {
            CompensatedSum squares = new CompensatedSum();
            for (UnitAxis axis : first) {
                model.addSquares(axis, unit, squares);
            }
            double norm = squares.root();
            if (norm > 0) {
                push(model, unit, norm);
            }
        }
    }

    private void push(Model model, int unit, double norm) {
        out.forEach(axis -> model.scale(axis, unit, 1 / norm));
        in.forEach(axis -> model.scale(axis, unit, norm));
    }
}
