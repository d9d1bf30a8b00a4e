package io.thetascope.perturbation.retraining;

import io.thetascope.artifacts.Checkpoints;
import io.thetascope.artifacts.StepKey;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.artifacts.store.StoreUnavailableException;
import io.thetascope.contracts.identity.ContentHash;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.ArtifactRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starting points in the store. */
final class StoredStart {
    private static final Logger LOG = LoggerFactory.getLogger(StoredStart.class);

    private final ObjectStore store;
    private final Checkpoints checkpoints;

    StoredStart(ObjectStore store, Checkpoints checkpoints) {
        this.store = store;
        this.checkpoints = checkpoints;
    }

    /** Finds a run's starting point whose bytes are those of its name; one that is damaged is removed. */
    Optional<ArtifactRef> find(RunId run) {
        return checkpoints.find(run, Step.START).stream()
                .flatMap(key -> verified(key).stream())
                .findFirst();
    }

    /** Stores a starting point. */
    ArtifactRef store(RunId run, WrittenFile file) {
        return checkpoints.store(run, Step.START, file);
    }

    private Optional<ArtifactRef> verified(StepKey key) {
        ArtifactRef found = read(key.key());
        if (key.matches(found.sha256())) {
            return Optional.of(found);
        }
        LOG.warn("starting point damaged key={} sha256={}; it is written anew", key.key(), found.sha256());
        store.delete(key.key());
        return Optional.empty();
    }

    private ArtifactRef read(String key) {
        DigestOutputStream hashing = new DigestOutputStream(OutputStream.nullOutputStream(), ContentHash.sha256());
        try (InputStream in = store.open(key)) {
            long bytes = in.transferTo(hashing);
            return new ArtifactRef(key, Digest.ofHash(hashing.getMessageDigest().digest()), bytes);
        } catch (IOException e) {
            throw new StoreUnavailableException("reading " + key + " broke off", e);
        }
    }
}
