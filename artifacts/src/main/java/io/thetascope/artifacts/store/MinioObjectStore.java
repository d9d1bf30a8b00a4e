package io.thetascope.artifacts.store;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.UploadObjectArgs;
import io.minio.messages.Item;
import io.thetascope.contracts.identity.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;

/**
 * Any S3, through the MinIO SDK and nothing beyond the S3 API: no conditional puts, no tags, no ETags. Safe for many
 * threads. It does not try again by itself: whoever calls knows how long waiting is worth while. Caller closes it.
 */
public final class MinioObjectStore implements ObjectStore, AutoCloseable {
    private static final int SMALL_OBJECT_BYTES = 64 << 20;
    private static final long PART_BYTES = 16L << 20;
    private static final String TYPE = "application/octet-stream";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final StoreLocation location;
    private final MinioClient client;
    private final StoreCalls calls;

    private MinioObjectStore(StoreLocation location, MinioClient client) {
        this.location = location;
        this.client = client;
        this.calls = new StoreCalls(location);
    }

    /** Prepares a client; nothing is sent yet. */
    public static MinioObjectStore at(StoreLocation location) {
        OkHttpClient http = new OkHttpClient.Builder()
                .connectTimeout(CONNECT)
                .readTimeout(SILENCE)
                .writeTimeout(SILENCE)
                .build();
        MinioClient client = MinioClient.builder()
                .endpoint(location.endpoint().toString())
                .credentials(location.accessKey(), location.secretKey())
                .httpClient(http, true)
                .build();
        return new MinioObjectStore(location, client);
    }

    /** Creates the bucket where there is none; several processes may do so at once. */
    public void ensureBucket() {
        BucketExistsArgs asked =
                BucketExistsArgs.builder().bucket(location.bucket()).build();
        boolean there = calls.call("bucket", () -> client.bucketExists(asked));
        if (!there) {
            MakeBucketArgs wanted =
                    MakeBucketArgs.builder().bucket(location.bucket()).build();
            calls.createOnce(() -> client.makeBucket(wanted));
        }
    }

    @Override
    public void put(String key, byte[] content) {
        PutObjectArgs args = PutObjectArgs.builder()
                .bucket(location.bucket())
                .object(key)
                .contentType(key.endsWith(".json") ? "application/json" : TYPE)
                .stream(new ByteArrayInputStream(content), content.length, -1)
                .build();
        calls.call(key, () -> client.putObject(args));
    }

    @Override
    public void put(String key, Path file) {
        UploadObjectArgs args = upload(key, file);
        calls.call(key, () -> client.uploadObject(args));
    }

    private UploadObjectArgs upload(String key, Path file) {
        try {
            return UploadObjectArgs.builder()
                    .bucket(location.bucket())
                    .object(key)
                    .contentType(TYPE)
                    .filename(file.toString(), Math.max(PART_BYTES, Files.size(file) / 5_000))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public Optional<byte[]> find(String key) {
        try (InputStream in = open(key)) {
            byte[] content = in.readNBytes(SMALL_OBJECT_BYTES + 1);
            if (content.length > SMALL_OBJECT_BYTES) {
                throw new IllegalStateException(key + " is too large to be read into memory; download it");
            }
            return Optional.of(content);
        } catch (MissingObjectException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreUnavailableException("reading " + key + " broke off", e);
        }
    }

    @Override
    public Path download(String key, Digest expected, Path folder) {
        return Downloads.fetch(key, expected, folder, () -> open(key));
    }

    @Override
    public InputStream open(String key) {
        return open(
                key,
                GetObjectArgs.builder().bucket(location.bucket()).object(key).build());
    }

    @Override
    public InputStream open(String key, long offset, long length) {
        GetObjectArgs.Builder args =
                GetObjectArgs.builder().bucket(location.bucket()).object(key);
        return open(key, args.offset(offset).length(length).build());
    }

    private InputStream open(String key, GetObjectArgs args) {
        return new StoreStream(calls.call(key, () -> client.getObject(args)), key);
    }

    @Override
    public Optional<ObjectStat> stat(String key) {
        StatObjectArgs args =
                StatObjectArgs.builder().bucket(location.bucket()).object(key).build();
        try {
            StatObjectResponse stat = calls.call(key, () -> client.statObject(args));
            return Optional.of(
                    new ObjectStat(key, stat.size(), stat.lastModified().toInstant()));
        } catch (MissingObjectException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(String prefix) {
        ListObjectsArgs args = ListObjectsArgs.builder()
                .bucket(location.bucket())
                .prefix(prefix)
                .recursive(true)
                .build();
        List<String> keys = new ArrayList<>();
        for (Result<Item> result : client.listObjects(args)) { // the SDK asks for page after page
            Item item = calls.call(prefix, result::get);
            if (!item.isDir()) {
                keys.add(item.objectName());
            }
        }
        return keys.stream().sorted().toList();
    }

    @Override
    public void delete(String key) {
        RemoveObjectArgs args =
                RemoveObjectArgs.builder().bucket(location.bucket()).object(key).build();
        calls.run(key, () -> client.removeObject(args));
    }

    @Override
    public void close() {
        calls.closing(client);
    }
}
