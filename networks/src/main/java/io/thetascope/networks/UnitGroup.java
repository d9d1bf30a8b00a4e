package io.thetascope.networks;

import java.util.List;

/**
 * Hidden units (channels or neurons) that share one permutation: permuting every axis of the group alike leaves what the
 * network computes as it is.
 *
 * @param name of the layer in which the units appear first
 * @param units how many
 * @param axes in the order of the layers; every one has as many units
 */
public record UnitGroup(String name, int units, List<UnitAxis> axes) {

    /** Refuses an axis with another number of units. */
    public UnitGroup {
        axes = List.copyOf(axes);
        for (UnitAxis axis : axes) {
            if (axis.units() != units) {
                throw new IllegalArgumentException(
                        "group " + name + " has " + units + " units, but " + axis.units() + " lie along axis "
                                + axis.dimension() + " of " + axis.tensor().name());
            }
        }
    }
}
