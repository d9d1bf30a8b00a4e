package io.thetascope.gateway.access;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens in the files that the settings name. A file that is gone or unusable later admits nobody until it is right
 * again: who empties a file wants its token to be over.
 */
final class StaticTokens {
    private static final Logger LOG = LoggerFactory.getLogger(StaticTokens.class);

    private final Optional<Path> operatorFile;
    private final Optional<Path> viewerFile;
    private volatile Known known;
    private String complaint = "";

    private StaticTokens(AccessSettings settings) throws UnusableTokenException {
        this.operatorFile = settings.tokenFile();
        this.viewerFile = settings.viewerTokenFile();
        this.known = read();
    }

    private record Known(Optional<StaticToken> operator, Optional<StaticToken> viewer) {}

    /**
     * Reads the files.
     *
     * @throws UnusableTokenException when one is named and cannot be used
     */
    static StaticTokens read(AccessSettings settings) throws UnusableTokenException {
        return new StaticTokens(settings);
    }

    boolean configured() {
        return operatorFile.isPresent() || viewerFile.isPresent();
    }

    /** Returns the roles that a token gives; none for an unknown one. */
    Set<String> roles(String token) {
        Known now = known;
        if (now.operator().filter(t -> t.matches(token)).isPresent()) {
            return Role.EVERY;
        }
        return now.viewer().filter(t -> t.matches(token)).isPresent() ? Set.of(Role.VIEWER) : Set.of();
    }

    /** Reads the files again; what is wrong with them is said once. */
    synchronized void refresh() {
        try {
            known = read();
            complaint = "";
        } catch (UnusableTokenException e) {
            known = new Known(Optional.empty(), Optional.empty());
            String message = String.valueOf(e.getMessage());
            if (!message.equals(complaint)) {
                LOG.error("static tokens refused until their files are right cause={}", message);
            }
            complaint = message;
        }
    }

    private Known read() throws UnusableTokenException {
        Optional<StaticToken> operator = read(operatorFile);
        Optional<StaticToken> viewer = read(viewerFile);
        if (operator.isPresent() && viewer.filter(operator.get()::isSameAs).isPresent()) {
            throw new UnusableTokenException(viewerFile.orElseThrow(), "holds the operators' token");
        }
        return new Known(operator, viewer);
    }

    private static Optional<StaticToken> read(Optional<Path> file) throws UnusableTokenException {
        return file.isEmpty() ? Optional.empty() : Optional.of(StaticToken.read(file.get()));
    }
}
