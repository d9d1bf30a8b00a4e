package io.thetascope.launcher.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start one child process.
 *
 * @param name unique among its siblings, such as {@code trainer-2}
 * @param command program and arguments
 * @param environment added to this process's own
 * @param directory its working directory
 * @param log where its output is appended
 */
public record ChildSpec(String name, List<String> command, Map<String, String> environment, Path directory, Path log) {
    public ChildSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("no command for " + name);
        }
    }

    /** Starts the process; its standard input is a pipe that this process holds and never writes to. */
    Process launch() throws IOException {
        Files.createDirectories(directory);
        Files.createDirectories(log.toAbsolutePath().getParent());
        File output = log.toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
