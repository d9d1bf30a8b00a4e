package io.thetascope.gateway.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a user put somewhere: what has their name may be anything. */
final class LocalFile {
    private LocalFile() {}

    /** Opens a file; a folder, a pipe or a device of its name is refused. Caller closes the result. */
    static InputStream open(Path path) throws IOException, MalformedDatasetException {
        if (!Files.isRegularFile(path)) {
            throw new MalformedDatasetException(
                    path.toString(), Files.isDirectory(path) ? "is a folder, not a file" : "is not a regular file");
        }
        return Files.newInputStream(path);
    }

    /** Returns something that changes when the file does. */
    static String fingerprint(Path path) throws IOException {
        return Files.isRegularFile(path)
                ? path + "/" + Files.size(path) + "/" + Files.getLastModifiedTime(path)
                : path + "/none";
    }
}
