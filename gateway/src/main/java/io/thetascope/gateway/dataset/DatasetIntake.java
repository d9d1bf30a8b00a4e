package io.thetascope.gateway.dataset;

import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.contracts.study.DatasetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Reads the files of a data set, strictly, and makes the canonical file of them. */
final class DatasetIntake {
    private final Path folder;

    /** Writes canonical files into this folder. */
    DatasetIntake(Path folder) {
        this.folder = folder;
    }

    PreparedDataset prepare(KnownDataset dataset, DatasetFiles files) throws IOException, MalformedDatasetException {
        Files.createDirectories(folder);
        KnownDataset.Layout layout = dataset.layout();
        try (Split train = Split.in(folder, layout.size());
                Split test = Split.in(folder, layout.size())) {
            boolean official = files.read((file, content) -> {
                boolean training = layout.train().contains(file);
                List<String> names = training ? layout.train() : layout.test();
                layout.read(names.indexOf(file), content, training ? train : test);
            });
            requireLabelled(files, layout.train(), train);
            requireLabelled(files, layout.test(), test);
            WrittenFile written = write(dataset, train, test);
            DatasetSource source = new DatasetSource(
                    dataset.datasetName(),
                    written.sha256(),
                    files.source(),
                    official,
                    train.count(),
                    test.count(),
                    train.size().channels(),
                    Split.CLASSES);
            return new PreparedDataset(source, written.path(), written.bytes());
        }
    }

    private WrittenFile write(KnownDataset dataset, Split train, Split test) throws IOException {
        WrittenFile written =
                CanonicalFile.write(folder.resolve(dataset.datasetName() + ".safetensors"), dataset, train, test);
        Path named = folder.resolve(written.sha256() + ".safetensors");
        Files.move(written.path(), named, StandardCopyOption.REPLACE_EXISTING);
        return new WrittenFile(named, written.sha256(), written.bytes());
    }

    private static void requireLabelled(DatasetFiles files, List<String> names, Split split)
            throws MalformedDatasetException {
        if (split.images() != split.count()) {
            throw new MalformedDatasetException(
                    files.source(),
                    String.join(", ", names) + ": " + split.images() + " images, but " + split.count() + " labels");
        }
    }
}
