package io.thetascope.launcher.command;

import io.thetascope.launcher.home.Home;
import io.thetascope.launcher.home.RunningNote;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which gateway a command talks to: the one named, or the one that runs in the home. */
final class RunningGateway {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Of the gateway. Default: the one that runs in the home.")
    private @Nullable URI url;

    @Option(names = "--home", paramLabel = "DIR", description = "Where the system runs. Default: .thetascope")
    private @Nullable Path home;

    /** Returns the home that was named, or the usual one. */
    Home home(Edge edge) {
        return edge.home(home);
    }

    /**
     * Returns the gateway's URL.
     *
     * @throws IOException when none was named and none runs in the home
     */
    URI url(Edge edge) throws IOException {
        if (url != null) {
            return url;
        }
        Home chosen = home(edge);
        return RunningNote.of(chosen)
                .map(note -> URI.create(note.gateway()))
                .orElseThrow(() -> new IOException("nothing runs in " + chosen.root()
                        + ": start it with thetascope up, or name a gateway with --url"));
    }
}
