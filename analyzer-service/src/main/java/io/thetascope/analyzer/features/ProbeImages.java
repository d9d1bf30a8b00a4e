package io.thetascope.analyzer.features;

import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.images.ImagePreparation;
import io.thetascope.networks.input.Normalization;
import java.nio.FloatBuffer;
import java.util.stream.LongStream;

/** Images of a data set with their labels, as it holds them: those of a probe set, or some that a run was trained on. */
public final class ProbeImages {
    private final InputShape shape;
    private final byte[] pixels;
    private final long[] labels;
    private final long[] indices;

    /**
     * Keeps images.
     *
     * @param shape of every image
     * @param pixels of all images, one after the other
     * @param labels of the images
     * @param indices of the images in their set
     */
    ProbeImages(InputShape shape, byte[] pixels, long[] labels, long[] indices) {
        this.shape = shape;
        this.pixels = pixels;
        this.labels = labels;
        this.indices = indices;
    }

    int count() {
        return labels.length;
    }

    /** Returns the labels, the first image's first. */
    public int[] labelsN() {
        return LongStream.of(labels).mapToInt(Math::toIntExact).toArray();
    }

    long[] labels() {
        return labels.clone();
    }

    long[] indices() {
        return indices.clone();
    }

    /**
     * Returns the images as the network of a run sees them.
     *
     * @throws NotMeasurableException when it cannot see them
     */
    public PreparedImages seenBy(RunSpec spec) {
        ImagePreparation preparation = preparation(spec);
        float[] image = new float[preparation.seenSize()];
        return new PreparedImages() {
            @Override
            public int count() {
                return labels.length;
            }

            @Override
            public void appendTo(FloatBuffer buffer, int index) {
                preparation.prepare(pixels, index * preparation.storedSize(), image, 0);
                buffer.put(image);
            }
        };
    }

    private ImagePreparation preparation(RunSpec spec) {
        try {
            return new ImagePreparation(Normalization.of(spec.dataset().name()), shape, spec.input());
        } catch (IllegalArgumentException e) {
            throw new NotMeasurableException("run " + spec.id() + ": " + e.getMessage());
        }
    }
}
