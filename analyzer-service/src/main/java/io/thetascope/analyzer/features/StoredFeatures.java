package io.thetascope.analyzer.features;

import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.measures.features.Features;
import io.thetascope.measures.features.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

// n images, p units or channels

/**
 * The features of one checkpoint in a file, read when they are asked for. What is read belongs to whoever asked. One thread
 * at a time. Caller closes it.
 */
public final class StoredFeatures implements AutoCloseable {
    private final SafetensorsFile file;
    private final boolean temporary;

    private StoredFeatures(SafetensorsFile file, boolean temporary) {
        this.file = file;
        this.temporary = temporary;
    }

    /** Opens the tensors of a feature analysis. */
    public static StoredFeatures open(Path path) {
        return new StoredFeatures(SafetensorsFile.open(path), false);
    }

    /** Opens a file that is removed when it is closed. */
    static StoredFeatures openOnce(Path path) {
        return new StoredFeatures(SafetensorsFile.open(path), true);
    }

    /** Returns n. */
    public int images() {
        return Math.toIntExact(file.tensor(FeatureFile.LABELS).elements());
    }

    /** Returns features and logits. */
    public Features features() {
        return new Features(floats(FeatureFile.FEATURES), floats(FeatureFile.LOGITS), images());
    }

    /** Returns the labels of the images. */
    public long[] labels() {
        TensorEntry tensor = file.tensor(FeatureFile.LABELS);
        long[] labels = new long[images()];
        file.readLongs(tensor, 0, labels, 0, labels.length);
        return labels;
    }

    /** Returns the spatially averaged outputs of a block, one image a row. */
    public float[] blockNP(String block) {
        return floats(FeatureFile.block(block));
    }

    /** Returns which share of the images of every class, from 0, is classified right; absent for a class without images. */
    public List<@Nullable Double> recall() {
        Features features = features();
        return Labels.of(labels(), features.classes()).recall(features.predictedN());
    }

    private float[] floats(String name) {
        return file.readFloats(file.tensor(name));
    }

    @Override
    public void close() {
        file.close();
        if (temporary) {
            try {
                Files.deleteIfExists(file.path());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove " + file.path(), e);
            }
        }
    }
}
