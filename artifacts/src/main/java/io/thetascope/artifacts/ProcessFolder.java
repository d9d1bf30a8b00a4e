package io.thetascope.artifacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** A folder for one process, beside those of others; what processes that were killed left behind is removed. */
public final class ProcessFolder {
    private ProcessFolder() {}

    /** Creates this process's folder and removes those of processes that are gone. */
    public static Path claim(Path root) {
        return claim(
                root,
                ProcessHandle.current().pid(),
                pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
    }

    /**
     * Creates this process's folder and removes those of processes that are gone.
     *
     * @param root shared by processes of one kind
     * @param pid of this process
     * @param alive tells whether a process is there
     */
    static Path claim(Path root, long pid, LongPredicate alive) {
        try {
            Path own = Files.createDirectories(root).toAbsolutePath().resolve(Long.toString(pid));
            try (Stream<Path> folders = Files.list(root)) {
                // what bears this process's own number is of another that is gone: in a container all have the same
                List<Path> left = folders.filter(f -> f.getFileName().toString().matches("\\d{1,18}"))
                        .filter(f -> isOwn(f, pid)
                                || !alive.test(Long.parseLong(f.getFileName().toString())))
                        .toList();
                left.forEach(ProcessFolder::remove);
            }
            return Files.createDirectories(own);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + root + " for files; set another folder", e);
        }
    }

    private static boolean isOwn(Path folder, long pid) {
        return folder.getFileName().toString().equals(Long.toString(pid));
    }

    private static void remove(Path folder) {
        try (Stream<Path> left = Files.walk(folder)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder + ", left by a process that is gone", e);
        }
    }
}
