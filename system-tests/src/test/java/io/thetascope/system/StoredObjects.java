package io.thetascope.system;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.Result;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** A system's bucket as an operator sees it: through the S3 API, whatever serves it. */
final class StoredObjects {
    private final MinioClient client;
    private final String bucket;

    StoredObjects(String endpoint, String accessKey, String secretKey, String bucket) {
        this.client = MinioClient.builder()
                .endpoint(endpoint)
                .credentials(accessKey, secretKey)
                .build();
        this.bucket = bucket;
    }

    /** Returns the keys that begin like this, in whatever order the store has them. */
    List<String> keys(String prefix) throws IOException {
        List<String> keys = new ArrayList<>();
        ListObjectsArgs below = ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(prefix)
                .recursive(true)
                .build();
        try {
            for (Result<Item> item : client.listObjects(below)) {
                keys.add(item.get().objectName());
            }
            return keys;
        } catch (MinioException | GeneralSecurityException e) {
            throw new IOException("cannot list " + prefix, e);
        }
    }

    byte[] get(String key) throws IOException {
        try (InputStream object = client.getObject(
                GetObjectArgs.builder().bucket(bucket).object(key).build())) {
            return object.readAllBytes();
        } catch (MinioException | GeneralSecurityException e) {
            throw new IOException("cannot read " + key, e);
        }
    }

    void put(String key, byte[] content) throws IOException {
        try {
            client.putObject(PutObjectArgs.builder().bucket(bucket).object(key).stream(
                            new ByteArrayInputStream(content), (long) content.length, -1L)
                    .build());
        } catch (MinioException | GeneralSecurityException e) {
            throw new IOException("cannot write " + key, e);
        }
    }
}
