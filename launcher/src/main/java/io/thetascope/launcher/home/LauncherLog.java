package io.thetascope.launcher.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends what the embedded broker and object store log into a file instead of the terminal. */
public final class LauncherLog {
    private static final int MOST_BYTES = 10 << 20;

    private LauncherLog() {}

    /** Sends everything of this process from WARNING up to the launcher's log of a home. */
    public static void into(Home home) throws IOException {
        Path log = home.log("launcher");
        Files.createDirectories(log.toAbsolutePath().getParent());
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Handler file = new FileHandler(log.toString(), MOST_BYTES, 1, true);
        file.setFormatter(new SimpleFormatter());
        root.addHandler(file);
        root.setLevel(Level.WARNING);
    }
}
