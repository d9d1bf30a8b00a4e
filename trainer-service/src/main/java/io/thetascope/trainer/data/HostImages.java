package io.thetascope.trainer.data;

import java.nio.ByteBuffer;

// N images, C channels, H height, W width

/**
 * Images and labels in memory outside the Java heap.
 *
 * <p>Not a record, since it wraps buffers; they are only read.
 */
public final class HostImages {
    private final int count;
    private final int channels;
    private final int side;
    private final int wantedSide;
    private final ByteBuffer pixelsNCHW;
    private final ByteBuffer labelsN;

    private HostImages(int count, int channels, int side, int wantedSide, ByteBuffer pixelsNCHW, ByteBuffer labelsN) {
        this.count = count;
        this.channels = channels;
        this.side = side;
        this.wantedSide = wantedSide;
        this.pixelsNCHW = pixelsNCHW;
        this.labelsN = labelsN;
    }

    /**
     * Makes room for black images.
     *
     * @param side of the images that will be put
     * @param wantedSide what they are padded to on all sides: at least {@code side}, and wider by an even number of pixels
     */
    static HostImages black(int count, int channels, int side, int wantedSide) {
        int margin = (wantedSide - side) / 2;
        if (margin < 0 || margin * 2 != wantedSide - side) {
            throw new IllegalArgumentException(
                    "images of " + side + " pixels cannot be padded evenly to " + wantedSide);
        }
        int bytes = Math.multiplyExact(Math.multiplyExact(count, channels), wantedSide * wantedSide);
        return new HostImages(
                count, channels, side, wantedSide, ByteBuffer.allocateDirect(bytes), ByteBuffer.allocateDirect(count));
    }

    /** Copies images, each padded with black. */
    public static HostImages padded(
            int count, int channels, int side, int wantedSide, byte[] pixelsNCHW, byte[] labelsN) {
        HostImages images = black(count, channels, side, wantedSide);
        images.putPixels(0, count, pixelsNCHW);
        images.labelsN.put(0, labelsN, 0, count);
        return images;
    }

    /** Puts images of the original size at a position. */
    void putPixels(int firstImage, int images, byte[] pixelsNCHW) {
        int margin = (wantedSide - side) / 2;
        for (int row = 0; row < images * channels * side; row++) {
            int plane = firstImage * channels + row / side;
            int target = (plane * wantedSide + margin + row % side) * wantedSide + margin;
            this.pixelsNCHW.put(target, pixelsNCHW, row * side, side);
        }
    }

    void putLabel(int image, byte label) {
        labelsN.put(image, label);
    }

    /** Returns how many images there are. */
    public int count() {
        return count;
    }

    /** Returns 1 for grey, 3 for colour. */
    public int channels() {
        return channels;
    }

    /** Returns height and width, padding included. */
    public int side() {
        return wantedSide;
    }

    ByteBuffer pixels() {
        return pixelsNCHW.duplicate();
    }

    ByteBuffer labels() {
        return labelsN.duplicate();
    }
}
