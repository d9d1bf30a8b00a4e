package io.thetascope.gateway.dataset;

import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.contracts.study.DatasetSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Reads the files of a data set, strictly, and makes the canonical file of them. */
final class DatasetIntake {
    private final Path folder;

    /** Writes canonical files into this folder. */
    DatasetIntake(Path folder) {
        this.folder = folder;
    }

    PreparedDataset prepare(KnownDataset dataset, DatasetFiles files) throws IOException, MalformedDatasetException {
        Reading reading = new Reading(dataset, files);
        Split train = reading.split(dataset.layout().train());
        Split test = reading.split(dataset.layout().test());
        Files.createDirectories(folder);
        WrittenFile written =
                CanonicalFile.write(folder.resolve(dataset.datasetName() + ".safetensors"), dataset, train, test);
        Path named = folder.resolve(written.sha256() + ".safetensors");
        Files.move(written.path(), named, StandardCopyOption.REPLACE_EXISTING);
        DatasetSource source = new DatasetSource(
                dataset.datasetName(),
                written.sha256(),
                files.source(),
                reading.official,
                train.count(),
                test.count(),
                train.size().channels(),
                Split.CLASSES);
        return new PreparedDataset(source, named, written.bytes());
    }

    /** Reads files and watches whether each of them is the official one. */
    private static final class Reading {
        private final KnownDataset dataset;
        private final DatasetFiles files;
        private boolean official = true;

        Reading(KnownDataset dataset, DatasetFiles files) {
            this.dataset = dataset;
            this.files = files;
        }

        Split split(List<String> names) throws IOException, MalformedDatasetException {
            List<SourceFile> open = new ArrayList<>();
            try {
                for (String name : names) {
                    open.add(open(name));
                }
                Split split = dataset.layout() == KnownDataset.Layout.IDX
                        ? IdxReader.read(open.get(0), open.get(1))
                        : CifarReader.read(open);
                for (int i = 0; i < open.size(); i++) {
                    official &= dataset.official(names.get(i), open.get(i).digest());
                }
                return split;
            } finally {
                for (SourceFile file : open) {
                    file.close();
                }
            }
        }

        private SourceFile open(String name) throws IOException, MalformedDatasetException {
            try {
                return files.open(name);
            } catch (NoSuchFileException | FileNotFoundException e) {
                throw new MalformedDatasetException(files.source(), "lacks " + name + " (or " + name + ".gz)");
            }
        }
    }
}
