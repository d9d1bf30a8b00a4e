package io.thetascope.artifacts.store;

import java.net.URI;

/**
 * Where a store is and who we are there.
 *
 * @param endpoint of any S3, such as {@code http://localhost:9000}
 * @param accessKey the user
 * @param secretKey the password; never shown
 * @param bucket in which everything lies
 */
public record StoreLocation(URI endpoint, String accessKey, String secretKey, String bucket) {
    @Override
    public String toString() {
        return endpoint + "/" + bucket;
    }
}
