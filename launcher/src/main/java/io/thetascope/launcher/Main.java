package io.thetascope.launcher;

import io.thetascope.launcher.command.Edge;
import io.thetascope.launcher.command.Thetascope;
import io.thetascope.launcher.progress.Screen;
import io.thetascope.launcher.system.StoreAccess;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Where the process begins: the one place that looks at its surroundings. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        boolean terminal = Boolean.getBoolean("thetascope.terminal");
        Path sources = Path.of(System.getProperty("thetascope.root", ""))
                .toAbsolutePath()
                .normalize();
        Edge edge = new Edge(
                sources,
                Optional.ofNullable(System.getenv("THETASCOPE_DATA_DIR"))
                        .filter(folder -> !folder.isBlank())
                        .map(folder -> Path.of(folder).toAbsolutePath().normalize()),
                StoreAccess.of(System.getenv()),
                new Screen(utf8(FileDescriptor.out), terminal),
                new Screen(utf8(FileDescriptor.err), false),
                System::nanoTime);
        System.exit(Thetascope.commandLine(edge).execute(args));
    }

    /** The table has ‖ and θ, whatever the platform's default says. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
