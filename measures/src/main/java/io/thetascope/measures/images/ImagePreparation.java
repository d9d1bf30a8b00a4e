package io.thetascope.measures.images;

import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.input.Normalization;
import java.util.Arrays;
import java.util.Objects;

// C channels, H height, W width

/**
 * Turns stored images into what a network sees: padded with black to its size (centred; an odd pixel goes to the right
 * and the bottom), then normalised; grey is replicated where the network sees more channels than the images have.
 */
public final class ImagePreparation {
    private final InputShape stored;
    private final InputShape seen;
    private final int top;
    private final int left;
    private final float[][] levels;

    /**
     * Prepares images of a data set for a network.
     *
     * @param normalization of the data set
     * @param stored the shape of its images
     * @param seen the shape that the network sees
     */
    public ImagePreparation(Normalization normalization, InputShape stored, InputShape seen) {
        if (stored.channels() != normalization.channels()) {
            throw new IllegalArgumentException(
                    "images of " + stored + " where " + normalization.channels() + " channels are normalised");
        }
        boolean replicated = stored.channels() == 1;
        if (stored.height() > seen.height()
                || stored.width() > seen.width()
                || (!replicated && stored.channels() != seen.channels())) {
            throw new IllegalArgumentException("images of " + stored + " cannot be shown to a network that sees " + seen
                    + "; give it an input at least as large, with as many channels");
        }
        this.stored = stored;
        this.seen = seen;
        this.top = (seen.height() - stored.height()) / 2;
        this.left = (seen.width() - stored.width()) / 2;
        this.levels = new float[seen.channels()][];
        for (int c = 0; c < levels.length; c++) {
            levels[c] = normalization.levels(replicated ? 0 : c);
        }
    }

    /** Returns the bytes of a stored image. */
    public int storedSize() {
        return stored.channels() * stored.height() * stored.width();
    }

    /** Returns the values of a prepared image. */
    public int seenSize() {
        return seen.channels() * seen.height() * seen.width();
    }

    /**
     * Prepares one image.
     *
     * @param pixelsCHW stored images, one unsigned byte a pixel
     * @param from where the image begins in them
     * @param into receives {@link #seenSize} values, C×H×W
     * @param at where the first value goes
     */
    public void prepare(byte[] pixelsCHW, int from, float[] into, int at) {
        Objects.checkFromIndexSize(from, storedSize(), pixelsCHW.length);
        Objects.checkFromIndexSize(at, seenSize(), into.length);
        int planeSeen = seen.height() * seen.width();
        int planeStored = stored.height() * stored.width();
        for (int c = 0; c < seen.channels(); c++) {
            int begin = at + c * planeSeen;
            Arrays.fill(into, begin, begin + planeSeen, levels[c][0]);
            int source = from + (stored.channels() == 1 ? 0 : c * planeStored);
            for (int y = 0; y < stored.height(); y++) {
                int row = begin + (y + top) * seen.width() + left;
                for (int x = 0; x < stored.width(); x++) {
                    into[row + x] = levels[c][pixelsCHW[source + y * stored.width() + x] & 0xFF];
                }
            }
        }
    }
}
