package io.thetascope.gateway.settings;

import io.thetascope.gateway.dataset.Datasets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that a former process was writing when it was killed: every {@code *.partial} in the folders of the cache that are the
 * gateway's own, since whoever writes one removes it. A gateway has them for itself, so at start-up none is being written;
 * other services may keep theirs beside them.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final String SUFFIX = ".partial";

    private Leftovers() {}

    /** Removes them; one that cannot be removed is left and told. */
    static void remove(Path cache) {
        Stream.concat(Stream.of("uploads", "canonical"), Datasets.names().stream())
                .map(cache::resolve)
                .filter(Files::isDirectory)
                .forEach(Leftovers::clear);
    }

    private static void clear(Path folder) {
        for (Path file : find(folder)) {
            try {
                long bytes = Files.size(file);
                Files.delete(file);
                LOG.info("leftover of a former process removed file={} bytes={}", file, bytes);
            } catch (IOException e) {
                LOG.warn("leftover of a former process stays file={} cause={}", file, e.toString());
            }
        }
    }

    private static List<Path> find(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> Files.isRegularFile(file) && file.toString().endsWith(SUFFIX))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("folder cannot be searched for leftovers folder={} cause={}", folder, e.toString());
            return List.of();
        }
    }
}
