package io.thetascope.artifacts;

import io.thetascope.artifacts.store.DamagedObjectException;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.ArtifactRef;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Contracts as JSON objects in the store. */
public final class JsonObjects {
    private final ObjectStore store;

    /** Reads and writes in this store. */
    public JsonObjects(ObjectStore store) {
        this.store = store;
    }

    /** Writes a contract and returns where it is. */
    public ArtifactRef write(String key, Object contract) {
        byte[] json = Json.bytes(contract);
        store.put(key, json);
        return new ArtifactRef(key, Digest.of(json), json.length);
    }

    /**
     * Reads a contract; empty when there is no such object.
     *
     * @throws DamagedObjectException when the object is not this contract
     */
    public <T> Optional<T> read(String key, Class<T> type) {
        return store.find(key).map(json -> parse(key, json, type));
    }

    private static <T> T parse(String key, byte[] json, Class<T> type) {
        try {
            return Json.read(json, type);
        } catch (UncheckedIOException e) {
            throw new DamagedObjectException(key + ": " + e.getMessage() + "; restore or remove the object", e);
        }
    }
}
