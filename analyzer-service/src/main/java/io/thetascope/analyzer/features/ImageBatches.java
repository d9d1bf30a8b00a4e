package io.thetascope.analyzer.features;

import io.thetascope.networks.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Images in batches, through one buffer outside the heap that is used again. One thread at a time. */
public final class ImageBatches {
    /** Images a batch: 42,000 images/s with LeNet on one thread; larger batches only leave the cache. */
    private static final int BATCH = 32;

    /** Images a batch where its statistics count. */
    private static final int WHOLE_BATCH = 200;

    /** Fewer images have no variance; they join the batch before. */
    private static final int FEWEST_WITH_VARIANCE = 2;

    private final PreparedImages images;
    private final int size;
    private final int fewest;
    private final FloatBuffer buffer;

    /** Takes the next images. */
    @FunctionalInterface
    public interface Batch {
        /**
         * Takes a batch.
         *
         * @param batchBCHW valid until the call returns
         * @param from index of the first image
         * @param count how many
         */
        void accept(FloatBuffer batchBCHW, int from, int count);
    }

    private ImageBatches(PreparedImages images, Shape image, int size, int fewest) {
        this.images = images;
        this.size = size;
        this.fewest = fewest;
        int capacity = Math.min(size + fewest - 1, images.count());
        this.buffer = ByteBuffer.allocateDirect(
                        Math.multiplyExact(capacity, Math.toIntExact(image.size()) * Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /**
     * Prepares batches for a network in evaluation mode, to which their size does not matter.
     *
     * @param images as the network sees them
     * @param image shape of one
     */
    public ImageBatches(PreparedImages images, Shape image) {
        this(images, image, BATCH, 1);
    }

    /**
     * Prepares batches whose statistics count: 200 images each; a last batch of one image joins the one before.
     *
     * @param images as the network sees them
     * @param image shape of one
     */
    public static ImageBatches whole(PreparedImages images, Shape image) {
        return new ImageBatches(images, image, WHOLE_BATCH, FEWEST_WITH_VARIANCE);
    }

    /** Returns how many images there are. */
    public int images() {
        return images.count();
    }

    /** Hands over all images, in their order. */
    public void forEach(Batch use) {
        int from = 0;
        while (from < images.count()) {
            int left = images.count() - from;
            int count = left - size < fewest ? left : size;
            buffer.clear();
            for (int i = 0; i < count; i++) {
                images.appendTo(buffer, from + i);
            }
            use.accept(buffer.flip(), from, count);
            from += count;
        }
    }
}
