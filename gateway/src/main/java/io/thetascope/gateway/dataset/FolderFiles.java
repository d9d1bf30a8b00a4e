package io.thetascope.gateway.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of a data set in a folder, each packed with gzip or not.
 *
 * @param dataset whose they are
 * @param folder where they lie
 */
record FolderFiles(KnownDataset dataset, Path folder) implements DatasetFiles {

    /** Finds them; empty when there is nothing under any of their names. */
    static Optional<DatasetFiles> find(KnownDataset dataset, Path folder) {
        FolderFiles found = new FolderFiles(dataset, folder);
        return dataset.layout().files().anyMatch(name -> Files.exists(found.path(name)))
                ? Optional.of(found)
                : Optional.empty();
    }

    @Override
    public String source() {
        return "folder " + folder;
    }

    @Override
    public String fingerprint() throws IOException {
        List<String> parts = new ArrayList<>();
        for (String name : dataset.layout().files().toList()) {
            parts.add(LocalFile.fingerprint(path(name)));
        }
        return String.join(" ", parts);
    }

    @Override
    public boolean read(Taker taker) throws IOException, MalformedDatasetException {
        boolean official = true;
        for (String name : dataset.layout().files().toList()) {
            Path path = path(name);
            if (Files.notExists(path)) {
                throw new MalformedDatasetException(source(), "lacks " + name + " (or " + name + ".gz)");
            }
            try (DigestedFile file = new DigestedFile(path.toString(), LocalFile.open(path))) {
                taker.take(name, file.content());
                official &= dataset.official(name, file.digest());
            }
        }
        return official;
    }

    private Path path(String file) {
        Path packed = folder.resolve(file + ".gz");
        Path plain = folder.resolve(file);
        return Files.isRegularFile(packed) || (Files.exists(packed) && Files.notExists(plain)) ? packed : plain;
    }
}
