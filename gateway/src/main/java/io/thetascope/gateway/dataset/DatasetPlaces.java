package io.thetascope.gateway.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where data sets are looked for.
 *
 * @param configured the user's folder, with a subfolder for each data set
 * @param system the folder of the operating system's packages
 * @param cache where downloads and canonical files are kept
 * @param download whether the official files may be downloaded
 * @param bundled whether the bundled sample may stand in
 */
public record DatasetPlaces(
        Optional<Path> configured, Optional<Path> system, Path cache, boolean download, boolean bundled) {
    /** Returns the places as they are for users. */
    public static DatasetPlaces of(Optional<Path> configured, Path cache, boolean download) {
        return new DatasetPlaces(configured, Optional.of(Path.of("/usr/share/datasets")), cache, download, true);
    }

    List<Path> foldersOf(KnownDataset dataset) {
        List<Path> folders = new ArrayList<>();
        for (String name : dataset.folders()) {
            configured.ifPresent(root -> folders.add(root.resolve(name)));
        }
        // only Fashion-MNIST is packaged there
        system.filter(root -> dataset == KnownDataset.FASHION_MNIST)
                .ifPresent(root -> folders.add(root.resolve(dataset.datasetName())));
        folders.add(cacheOf(dataset));
        return folders;
    }

    /** Where the archive of a data set is looked for: in the user's folder itself too. */
    List<Path> archivesOf(KnownDataset dataset) {
        if (dataset.layout().archive().isEmpty()) {
            return List.of();
        }
        String name = dataset.layout().archive().get();
        List<Path> archives = new ArrayList<>();
        configured.ifPresent(
                root -> archives.add(root.resolve(dataset.datasetName()).resolve(name)));
        configured.ifPresent(root -> archives.add(root.resolve(name)));
        archives.add(cacheOf(dataset).resolve(name));
        return archives;
    }

    /** Where downloads of a data set are kept. */
    Path cacheOf(KnownDataset dataset) {
        return cache.resolve(dataset.datasetName());
    }

    String configuredOr(String otherwise) {
        return configured.map(Path::toString).orElse(otherwise);
    }
}
