package io.thetascope.analyzer.function;

import io.thetascope.artifacts.safetensors.SafetensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A checkpoint that no run stored, in a file of its own. Caller closes it, which removes the file. */
final class TemporaryCheckpoint implements AutoCloseable {
    private final Path path;
    private final SafetensorsFile file;

    private TemporaryCheckpoint(Path path, SafetensorsFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Writes one.
     *
     * @param folder for the file
     * @param write writes it to a path
     */
    static TemporaryCheckpoint written(Path folder, Consumer<Path> write) {
        Path path = created(folder);
        try {
            write.accept(path);
            return new TemporaryCheckpoint(path, SafetensorsFile.open(path));
        } catch (RuntimeException e) {
            remove(path);
            throw e;
        }
    }

    private static Path created(Path folder) {
        try {
            return Files.createTempFile(folder, "variant.", ".safetensors");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write in " + folder + "; is the disk full?", e);
        }
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path, e);
        }
    }

    /** Returns the open file. */
    SafetensorsFile file() {
        return file;
    }

    @Override
    public void close() {
        file.close();
        remove(path);
    }
}
