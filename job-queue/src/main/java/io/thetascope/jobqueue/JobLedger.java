package io.thetascope.jobqueue;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.FailedAttempt;
import io.thetascope.artifacts.JobOwner;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.store.DamagedObjectException;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.Attempt;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The owner and the failed attempts of one job, in the object store. A damaged object counts as absent. */
final class JobLedger {
    private static final Logger LOG = LoggerFactory.getLogger(JobLedger.class);

    private final ObjectStore store;
    private final JsonObjects objects;
    private final String job;

    JobLedger(ObjectStore store, String job) {
        this.store = store;
        this.objects = new JsonObjects(store);
        this.job = job;
    }

    Optional<JobOwner> owner() {
        return read(ArtifactKeys.owner(job), JobOwner.class);
    }

    void claim(JobOwner owner) {
        objects.write(ArtifactKeys.owner(job), owner);
    }

    void removeOwner() {
        store.delete(ArtifactKeys.owner(job));
    }

    /** Removes the owner if it is still this attempt's. */
    void removeOwner(Attempt attempt) {
        if (owner().filter(o -> o.attempt().equals(attempt)).isPresent()) {
            removeOwner();
        }
    }

    Failures failures() {
        List<FailedAttempt> attempts = store.list(ArtifactKeys.attempts(job)).stream()
                .flatMap(key -> read(key, FailedAttempt.class).stream())
                .toList();
        return new Failures(attempts);
    }

    void record(FailedAttempt failure) {
        objects.write(ArtifactKeys.attempt(job, failure.attempt()), failure);
    }

    private <T> Optional<T> read(String key, Class<T> type) {
        try {
            return objects.read(key, type);
        } catch (DamagedObjectException e) {
            LOG.warn("damaged object passed over key={}", key, e);
            return Optional.empty();
        }
    }
}
