package io.thetascope.launcher.home;

import java.nio.file.Path;

/**
 * The folder that keeps everything of one installation: topics, objects, database, logs, reports.
 *
 * @param root absolute
 */
public record Home(Path root) {
    public Home {
        if (!root.isAbsolute()) {
            throw new IllegalArgumentException("a home must be absolute: " + root);
        }
    }

    /** Returns the folder of the broker's data. */
    public Path kafka() {
        return root.resolve("kafka");
    }

    /** Returns the folder of the object store. */
    public Path s3() {
        return root.resolve("s3");
    }

    /** Returns the path of the gateway's database, without the suffix that the database adds. */
    public Path database() {
        return root.resolve("gateway").resolve("db");
    }

    /** Returns the folder of what can be fetched or computed again. */
    public Path cache() {
        return root.resolve("cache");
    }

    /** Returns the log of one service, or of the launcher itself. */
    public Path log(String name) {
        return root.resolve("logs").resolve(name + ".log");
    }

    /** Returns where the report of a study goes when nobody says otherwise. */
    public Path report(String studyId) {
        return root.resolve("reports").resolve(studyId);
    }

    /** Returns the file that a running launcher keeps locked. */
    public Path lockFile() {
        return root.resolve("launcher.lock");
    }

    /** Returns the note that says what runs here. */
    public Path note() {
        return root.resolve("launcher.json");
    }
}
