package io.thetascope.launcher.system;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * An object store that the services use.
 *
 * @param endpoint its URL
 * @param accessKey empty where it was not given
 * @param secretKey empty where it was not given
 * @param bucket made by the services where it is missing
 */
public record StoreAccess(URI endpoint, String accessKey, String secretKey, String bucket) {
    static final String ACCESS_KEY = "THETASCOPE_STORE_ACCESS_KEY";
    static final String SECRET_KEY = "THETASCOPE_STORE_SECRET_KEY";
    private static final String ENDPOINT = "THETASCOPE_STORE_ENDPOINT";
    private static final String BUCKET = "THETASCOPE_STORE_BUCKET";

    /** Returns the store that the environment names by the services' own settings; none without an endpoint. */
    public static Optional<StoreAccess> of(Map<String, String> environment) {
        String endpoint = environment.getOrDefault(ENDPOINT, "");
        return endpoint.isBlank()
                ? Optional.empty()
                : Optional.of(new StoreAccess(
                        URI.create(endpoint),
                        environment.getOrDefault(ACCESS_KEY, ""),
                        environment.getOrDefault(SECRET_KEY, ""),
                        environment.getOrDefault(BUCKET, "thetascope")));
    }

    @Override
    public String toString() {
        return endpoint + ", bucket " + bucket; // without the secret
    }
}
