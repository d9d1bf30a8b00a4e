package io.thetascope.analyzer.records;

import io.thetascope.artifacts.StepKey;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.run.ArtifactRef;
import org.jspecify.annotations.Nullable;

/** Where a checkpoint is. */
public sealed interface Whereabouts {
    /**
     * In the store.
     *
     * @param key of the object, which carries the beginning of its digest
     * @param digest of the object; absent until the run's result says it
     */
    record Stored(String key, @Nullable Digest digest) implements Whereabouts {
        static Stored of(ArtifactRef artifact) {
            return new Stored(artifact.key(), artifact.sha256());
        }

        static Stored of(StepKey key) {
            return new Stored(key.key(), null);
        }

        /** Whether bytes of this digest are what was announced. */
        public boolean holds(Digest found) {
            return digest != null
                    ? digest.equals(found)
                    : StepKey.parse(key).filter(k -> k.matches(found)).isPresent();
        }
    }

    /**
     * Not there, but it may come.
     *
     * @param reason in words
     */
    record NotYet(String reason) implements Whereabouts {}

    /**
     * It will not come.
     *
     * @param reason in words
     */
    record Never(String reason) implements Whereabouts {}
}
