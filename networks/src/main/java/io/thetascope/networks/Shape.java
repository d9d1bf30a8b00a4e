package io.thetascope.networks;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The extents of a tensor, outermost first. Activations are described without their batch dimension: {@code [C, H, W]}
 * for images, {@code [units]} when flat. A scalar (BatchNorm's batch count) has no extents and size 1.
 *
 * @param extents every one at least 1
 */
public record Shape(List<Integer> extents) {

    /** Refuses extents below 1. */
    public Shape {
        extents = List.copyOf(extents);
        for (int extent : extents) {
            if (extent < 1) {
                throw new IllegalArgumentException("every extent of a shape must be >= 1: " + extents);
            }
        }
    }

    /** The shape with these extents; none for a scalar. */
    public static Shape of(int... extents) {
        return new Shape(IntStream.of(extents).boxed().toList());
    }

    /** Number of elements; an overflow of {@code long} is an {@link ArithmeticException}. */
    public long size() {
        return extents.stream().mapToLong(Integer::longValue).reduce(1L, Math::multiplyExact);
    }

    /** Number of dimensions. */
    public int rank() {
        return extents.size();
    }

    /** Extent of a dimension, counted from 0. */
    public int extent(int dimension) {
        return extents.get(dimension);
    }

    /** C of an image activation {@code [C, H, W]}. */
    public int channels() {
        return image().extent(0);
    }

    /** H of an image activation {@code [C, H, W]}. */
    public int height() {
        return image().extent(1);
    }

    /** W of an image activation {@code [C, H, W]}. */
    public int width() {
        return image().extent(2);
    }

    /** Units of a flat activation. */
    public int units() {
        if (rank() != 1) {
            throw new IllegalArgumentException("expected a flat activation, found " + this + "; flatten it first");
        }
        return extent(0);
    }

    private Shape image() {
        if (rank() != 3) {
            throw new IllegalArgumentException("expected an image activation [C, H, W], found " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        return extents.stream().map(String::valueOf).collect(Collectors.joining("x", "[", "]"));
    }
}
