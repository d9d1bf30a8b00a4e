package io.thetascope.artifacts.store;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Set;

/** Turns the SDK's many exceptions into the four that matter: unavailable, missing, refused, and none. */
final class StoreCalls {
    private static final Set<String> MISSING = Set.of("NoSuchKey", "NoSuchObject", "ResourceNotFound");
    private static final Set<String> THERE = Set.of("BucketAlreadyOwnedByYou", "BucketAlreadyExists");
    private static final Set<String> TRANSIENT = Set.of(
            "SlowDown",
            "SlowDownRead",
            "SlowDownWrite",
            "ServerBusy",
            "InternalError",
            "ServiceUnavailable",
            "OperationAborted",
            "RequestTimeout",
            "XMinioServerNotInitialized");
    private static final int SERVER_ERRORS = 500;
    private static final int TOO_MANY_REQUESTS = 429;

    private final StoreLocation location;

    StoreCalls(StoreLocation location) {
        this.location = location;
    }

    /** A call of the SDK that answers. */
    interface Call<T> {
        T make() throws MinioException, IOException, GeneralSecurityException;
    }

    /** A call of the SDK that answers nothing. */
    interface Command {
        void make() throws MinioException, IOException, GeneralSecurityException;
    }

    <T> T call(String key, Call<T> call) {
        try {
            return call.make();
        } catch (ErrorResponseException e) {
            throw answered(key, e);
        } catch (MinioException | IOException e) {
            throw unavailable(key, e);
        } catch (GeneralSecurityException e) {
            throw new StoreRefusedException("cannot sign requests to " + location + "; check its keys", e);
        } catch (RuntimeException e) {
            throw surprise(key, e);
        }
    }

    void run(String key, Command command) {
        call(key, () -> {
            command.make();
            return Boolean.TRUE;
        });
    }

    /** Creates what somebody else may be creating at the same moment. */
    void createOnce(Command command) {
        run("bucket", () -> {
            try {
                command.make();
            } catch (ErrorResponseException e) {
                if (!THERE.contains(e.errorResponse().code())) {
                    throw e;
                }
            }
        });
    }

    void closing(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception e) { // an AutoCloseable may throw anything
            throw new IllegalStateException("cannot close the client of " + location, e);
        }
    }

    private RuntimeException answered(String key, ErrorResponseException e) {
        String code = e.errorResponse().code();
        int status = e.response().code();
        if (MISSING.contains(code)) {
            return new MissingObjectException(key, e);
        }
        if (TRANSIENT.contains(code) || status >= SERVER_ERRORS || status == TOO_MANY_REQUESTS) {
            return unavailable(key, e);
        }
        return new StoreRefusedException(
                location + " refuses " + key + ": " + code + "; check the store's address, keys and bucket", e);
    }

    private StoreUnavailableException unavailable(String key, Exception e) {
        return new StoreUnavailableException("no answer from " + location + " about " + key + ": " + e.getMessage(), e);
    }

    // the SDK waits for its own futures and wraps what happens to the waiting thread
    private RuntimeException surprise(String key, RuntimeException e) {
        if (e.getCause() instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return unavailable(key, e);
        }
        return e.getCause() instanceof IOException ? unavailable(key, e) : e;
    }
}
