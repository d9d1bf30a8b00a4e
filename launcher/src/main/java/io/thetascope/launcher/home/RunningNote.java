package io.thetascope.launcher.home;

import io.thetascope.contracts.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What runs in a home, written by its launcher for the other commands to find.
 *
 * @param pid the launcher's
 * @param gateway the gateway's URL
 * @param kafka the broker, as {@code host:port}
 * @param s3 the object store's URL
 * @param services the child processes
 */
public record RunningNote(long pid, String gateway, String kafka, String s3, List<Service> services) {
    public RunningNote {
        services = List.copyOf(services);
    }

    /**
     * One child process.
     *
     * @param name such as {@code trainer-1}
     * @param pid the process's id; 0 while it is being started again
     * @param url where it answers
     * @param log its log file
     */
    public record Service(String name, long pid, String url, String log) {}

    /** Reads the note of a home, if there is one and its launcher is alive. */
    public static Optional<RunningNote> of(Home home) {
        try {
            RunningNote note = Json.read(Files.readAllBytes(home.note()), RunningNote.class);
            return Optional.of(note).filter(RunningNote::alive);
        } catch (IOException | UncheckedIOException e) {
            // no note, or one that a killed launcher left half-written: nothing is known to run
            return Optional.empty();
        }
    }

    /** Writes the note in one step, so that a reader sees the old one or the new one. */
    public void write(Home home) throws IOException {
        Path half = home.note().resolveSibling(home.note().getFileName() + ".part");
        Files.write(half, Json.bytes(this));
        Files.move(half, home.note(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private boolean alive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
