package io.thetascope.networks;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The taps of a kernel that can only ever meet padding at the input's size: their gradient is 0 whatever the images, so
 * their weights are <em>geometry-dead</em> (MEASURES §2). The same taps in every filter and channel; known from the
 * description alone.
 *
 * @param taps of one filter and channel; 1 for a parameter that is no kernel
 * @param dead ascending indices of those that never meet a pixel
 */
public record DeadTaps(int taps, List<Integer> dead) {

    private static final DeadTaps NONE = new DeadTaps(1, List.of());

    /** Refuses indices outside the kernel. */
    public DeadTaps {
        dead = List.copyOf(dead);
        for (int tap : dead) {
            if (tap < 0 || tap >= taps) {
                throw new IllegalArgumentException("tap " + tap + " is outside a kernel of " + taps);
            }
        }
    }

    /** No dead element: for everything but the kernels of convolutions. */
    static DeadTaps none() {
        return NONE;
    }

    static DeadTaps of(Conv2d conv) {
        Window window = conv.window();
        int size = window.size();
        Shape image = conv.inputShape();
        List<Integer> dead = IntStream.range(0, size * size)
                .filter(tap -> !meetsPixel(window, tap / size, image.height())
                        || !meetsPixel(window, tap % size, image.width()))
                .boxed()
                .toList();
        return new DeadTaps(size * size, dead);
    }

    private static boolean meetsPixel(Window window, int offset, int extent) {
        return IntStream.range(0, window.positions(extent))
                .map(position -> position * window.stride() - window.padding() + offset)
                .anyMatch(pixel -> pixel >= 0 && pixel < extent);
    }

    /** Whether the element at this index of the parameter, in PyTorch's order, is geometry-dead. */
    public boolean isDead(long index) {
        return dead.contains((int) (index % taps));
    }

    /**
     * Returns which elements of the parameter are geometry-dead, one bit an element: that of element i is bit i mod 8 of
     * byte ⌊i/8⌋ mod {@code taps}. For those who ask for millions of elements.
     */
    public byte[] bits() {
        byte[] bits = new byte[taps];
        for (int element = 0; element < taps * Byte.SIZE; element++) {
            if (isDead(element)) {
                bits[element / Byte.SIZE] |= (byte) (1 << element % Byte.SIZE);
            }
        }
        return bits;
    }

    /** Geometry-dead elements of a parameter of this size. */
    public long count(long size) {
        return size / taps * dead.size();
    }
}
