package io.thetascope.networks;

/**
 * A square window that slides over an image: the geometry that convolution and pooling share.
 *
 * @param size taps a side, at least 1
 * @param stride pixels from one position to the next, at least 1
 * @param padding pixels added on every side, at least 0 and below the size
 */
public record Window(int size, int stride, int padding) {

    /** Refuses a geometry without meaning. */
    public Window {
        if (size < 1 || stride < 1 || padding < 0 || padding >= size) {
            throw new IllegalArgumentException("a window needs size >= 1, stride >= 1 and 0 <= padding < size: size "
                    + size + ", stride " + stride + ", padding " + padding);
        }
    }

    /** A window that moves one pixel at a time, without padding. */
    public static Window of(int size) {
        return new Window(size, 1, 0);
    }

    /** A window whose positions do not overlap, without padding. */
    public static Window tiled(int size) {
        return new Window(size, size, 0);
    }

    /** Positions along a side of this extent (PyTorch's floor rule); refuses a side that is too short for one. */
    public int positions(int extent) {
        int room = extent + 2 * padding - size;
        if (room < 0) {
            throw new IllegalArgumentException("a window of " + size + " with padding " + padding
                    + " does not fit a side of " + extent + "; use a larger input");
        }
        return room / stride + 1;
    }

    /** Output of a window with this many output channels over an image. */
    Shape over(Shape image, int channels) {
        return Shape.of(channels, positions(image.height()), positions(image.width()));
    }
}
