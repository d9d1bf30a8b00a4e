package io.thetascope.trainer.data;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.run.DatasetUse;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Data sets on this machine: fetched once, verified, and the last one used kept in memory. One thread. */
public final class DatasetCache {
    private final ObjectStore store;
    private final Path folder;
    private @Nullable Loaded last;

    /** Keeps files in this folder, which several trainers may share: a file is there whole or not at all. */
    public DatasetCache(ObjectStore store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /** Returns the images that a run uses, padded to a side. */
    public ImageSets images(DatasetUse use, int side) {
        Loaded known = last;
        if (known != null && known.use.equals(use) && known.side == side) {
            return known.sets;
        }
        last = null; // lets the memory go before more is taken
        Path file = store.download(ArtifactKeys.dataset(use.digest()), use.digest(), folder);
        ImageSets sets = DatasetFile.read(file, use, side);
        last = new Loaded(use, side, sets);
        return sets;
    }

    private record Loaded(DatasetUse use, int side, ImageSets sets) {}
}
