package io.thetascope.launcher.command;

import io.thetascope.launcher.gateway.AccessToken;
import io.thetascope.launcher.gateway.GatewayClient;
import io.thetascope.launcher.home.Home;
import io.thetascope.launcher.home.RunningNote;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
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

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            defaultValue = "${env:THETASCOPE_TOKEN_FILE}",
            description = "With the token that the gateway asks for. Default: what THETASCOPE_TOKEN_FILE names.")
    private @Nullable Path tokenFile;

    /** Whether a URL was named. */
    boolean isNamed() {
        return url != null;
    }

    /**
     * Returns a client for the gateway, which shows the token that was named.
     *
     * @throws IOException when there is no gateway, or no token in the file
     */
    GatewayClient client(Edge edge) throws IOException {
        return client(url(edge));
    }

    /** Returns a client for the gateway at a URL, which shows the token that was named. */
    GatewayClient client(URI gateway) throws IOException {
        return new GatewayClient(
                gateway, tokenFile == null ? Optional.empty() : Optional.of(AccessToken.read(tokenFile)));
    }

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
