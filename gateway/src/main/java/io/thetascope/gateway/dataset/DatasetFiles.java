package io.thetascope.gateway.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of one data set at one place. */
interface DatasetFiles {
    /** Returns where they are, in words. */
    String source();

    /** Returns something that changes when the files do. */
    String fingerprint() throws IOException;

    /** Opens a file by its name without the ending .gz. Caller closes the result. */
    SourceFile open(String file) throws IOException;

    /** Files in a folder, packed or not. */
    record Folder(KnownDataset dataset, Path folder) implements DatasetFiles {
        /** Finds a folder; empty when none of the files is in it. */
        static Optional<Folder> find(KnownDataset dataset, Path folder) {
            Folder found = new Folder(dataset, folder);
            return found.names().anyMatch(name -> Files.isRegularFile(found.path(name)))
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
            for (String name : names().toList()) {
                Path path = path(name);
                if (Files.isRegularFile(path)) {
                    parts.add(path + "/" + Files.size(path) + "/" + Files.getLastModifiedTime(path));
                }
            }
            return String.join(" ", parts);
        }

        @Override
        public SourceFile open(String file) throws IOException {
            Path path = path(file);
            return new SourceFile(path.toString(), Files.newInputStream(path));
        }

        private Stream<String> names() {
            return Stream.concat(dataset.layout().train().stream(), dataset.layout().test().stream());
        }

        private Path path(String file) {
            Path packed = folder.resolve(file + ".gz");
            return Files.isRegularFile(packed) ? packed : folder.resolve(file);
        }
    }

    /** The first images of Fashion-MNIST, which come with the gateway. */
    record BundledSample() implements DatasetFiles {
        @Override
        public String source() {
            return "bundled sample";
        }

        @Override
        public String fingerprint() {
            return "bundled";
        }

        @Override
        public SourceFile open(String file) throws IOException {
            String resource = "/datasets/fashion-mnist-sample/" + file + ".gz";
            InputStream bytes = BundledSample.class.getResourceAsStream(resource);
            if (bytes == null) {
                throw new IOException("not on the class path: " + resource);
            }
            return new SourceFile(resource, bytes);
        }
    }
}
