package io.thetascope.networks;

/**
 * One axis of one tensor along which the units of a {@link UnitGroup} lie: unit u owns the indices u·block to (u+1)·block − 1.
 *
 * @param tensor a parameter, or a buffer of a BatchNorm
 * @param dimension 0 where the units come out, 1 where the next layer reads them
 * @param block successive indices of a unit; above 1 where a flattening spreads a channel over many inputs
 */
public record UnitAxis(StateTensor tensor, int dimension, int block) {

    /** Refuses an axis that the tensor has not, or that the block does not divide. */
    public UnitAxis {
        if (block < 1 || tensor.shape().extent(dimension) % block != 0) {
            throw new IllegalArgumentException("axis " + dimension + " of " + tensor.name() + " " + tensor.shape()
                    + " cannot be cut into blocks of " + block);
        }
    }

    /** How many units lie along the axis. */
    public int units() {
        return tensor.shape().extent(dimension) / block;
    }
}
