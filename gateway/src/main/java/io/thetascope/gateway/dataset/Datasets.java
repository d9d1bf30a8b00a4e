package io.thetascope.gateway.dataset;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.study.DatasetSource;
import io.thetascope.gateway.request.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds data sets, in this order: the configured folder, the operating system's package, the local cache, the official
 * download, and for Fashion-MNIST alone a bundled sample. A folder whose files are damaged is refused, not passed over.
 */
public final class Datasets {
    private static final Logger LOG = LoggerFactory.getLogger(Datasets.class);

    private final DatasetPlaces places;
    private final DatasetIntake intake;
    private final OfficialDownload download = new OfficialDownload();
    private final Map<KnownDataset, Remembered> prepared = new HashMap<>();

    private record Remembered(String fingerprint, PreparedDataset dataset) {}

    /** Looks in these places. */
    public Datasets(DatasetPlaces places) {
        this.places = places;
        this.intake = new DatasetIntake(places.cache().resolve("canonical"));
    }

    /** Returns the names that a study can use. */
    public static List<String> names() {
        return Arrays.stream(KnownDataset.values())
                .map(KnownDataset::datasetName)
                .toList();
    }

    /** Finds a data set; empty when it is noted why there is none. */
    public synchronized Optional<DatasetSource> find(String name, String field, Problems problems) {
        KnownDataset dataset = KnownDataset.named(name).orElseThrow();
        List<String> tried = new ArrayList<>();
        try {
            Optional<DatasetFiles> files = locate(dataset, tried);
            if (files.isPresent()) {
                return Optional.of(prepare(dataset, files.get()).source());
            }
            problems.add(
                    field,
                    name,
                    "put its files into " + places.configuredOr("THETASCOPE_DATA_DIR") + "/"
                            + dataset.folders().get(0) + "; they were not found: " + String.join("; ", tried));
        } catch (MalformedDatasetException e) {
            problems.add(field, name, "replace the damaged file: " + e.getMessage());
        } catch (IOException e) {
            problems.add(field, name, "make its files readable: " + e);
        }
        return Optional.empty();
    }

    /** Puts a data set that was found into the store, unless it is there. */
    public synchronized void store(DatasetSource source, ObjectStore store) {
        PreparedDataset dataset = prepared.values().stream()
                .map(Remembered::dataset)
                .filter(d -> d.source().digest().equals(source.digest()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("data set was not found before: " + source.name()));
        String key = ArtifactKeys.dataset(source.digest());
        boolean there =
                store.stat(key).filter(s -> s.bytes() == dataset.bytes()).isPresent();
        if (!there) {
            store.put(key, dataset.file());
            LOG.info("data set stored name={} digest={} bytes={}", source.name(), source.digest(), dataset.bytes());
        }
    }

    private PreparedDataset prepare(KnownDataset dataset, DatasetFiles files)
            throws IOException, MalformedDatasetException {
        String fingerprint = files.fingerprint();
        Remembered known = prepared.get(dataset);
        if (known != null && known.fingerprint.equals(fingerprint) && Files.isRegularFile(known.dataset.file())) {
            return known.dataset;
        }
        PreparedDataset fresh = intake.prepare(dataset, files);
        prepared.put(dataset, new Remembered(fingerprint, fresh));
        LOG.info(
                "data set read name={} source={} official={} digest={}",
                dataset.datasetName(),
                files.source(),
                fresh.source().official(),
                fresh.source().digest());
        return fresh;
    }

    private Optional<DatasetFiles> locate(KnownDataset dataset, List<String> tried) {
        Optional<DatasetFiles> found = local(dataset, tried);
        if (found.isEmpty()) {
            found = downloaded(dataset, tried);
        }
        return found.isEmpty() && dataset == KnownDataset.FASHION_MNIST && places.bundled()
                ? Optional.of(new BundledSample())
                : found;
    }

    private Optional<DatasetFiles> local(KnownDataset dataset, List<String> tried) {
        for (Path folder : places.foldersOf(dataset)) {
            Optional<DatasetFiles> found = FolderFiles.find(dataset, folder);
            if (found.isPresent()) {
                return found;
            }
            tried.add("not in " + folder);
        }
        for (Path archive : places.archivesOf(dataset)) {
            if (Files.exists(archive)) {
                return Optional.of(ArchiveFiles.of(dataset, archive));
            }
            tried.add("no " + archive);
        }
        return Optional.empty();
    }

    private Optional<DatasetFiles> downloaded(KnownDataset dataset, List<String> tried) {
        if (!places.download()) {
            tried.add("downloads are switched off");
            return Optional.empty();
        }
        try {
            download.fetch(dataset.officialFiles(), places.cacheOf(dataset));
            return local(dataset, new ArrayList<>());
        } catch (IOException e) {
            tried.add("download failed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            tried.add("download was interrupted");
        }
        return Optional.empty();
    }
}
