package io.thetascope.analyzer.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A checkpoint that lives as long as it is looked at. Caller closes it, which removes it. */
public final class TemporaryFile implements AutoCloseable {
    private final Path path;

    private TemporaryFile(Path path) {
        this.path = path;
    }

    /** Makes an empty file in a folder, whose name starts so. */
    public static TemporaryFile in(Path folder, String prefix) {
        try {
            return new TemporaryFile(Files.createTempFile(folder, prefix, ".safetensors"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write in " + folder + "; is the disk full?", e);
        }
    }

    /** Returns where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path, e);
        }
    }
}
