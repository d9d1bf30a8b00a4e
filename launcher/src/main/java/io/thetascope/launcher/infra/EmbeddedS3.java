package io.thetascope.launcher.infra;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;

/**
 * An S3 server inside this process, on loopback only, over a plain folder: one sub-folder a bucket, one file an object.
 *
 * <p>No conditional puts and no tags; its ETags are not to be relied on. The folder survives a restart.
 */
public final class EmbeddedS3 implements AutoCloseable {
    /** The access key it accepts. It guards against mistakes, not against intruders: only loopback can connect. */
    public static final String ACCESS_KEY = "thetascope";

    /** The secret key it accepts. */
    public static final String SECRET_KEY = "thetascope-local";

    /** The bucket that exists once it has started. */
    public static final String BUCKET = "thetascope";

    private final S3Proxy proxy;
    private final BlobStoreContext context;

    private EmbeddedS3(S3Proxy proxy, BlobStoreContext context) {
        this.proxy = proxy;
        this.context = context;
    }

    /**
     * Starts a server and returns when it answers and its bucket exists. Caller closes the result.
     *
     * @param dir the folder of its buckets; created when missing
     * @param port 0 for a free one
     */
    public static EmbeddedS3 start(Path dir, int port) throws IOException {
        Files.createDirectories(dir);
        BlobStoreContext context = folder(dir);
        try {
            BlobStore store = context.getBlobStore();
            store.createContainerInLocation(null, BUCKET);
            S3Proxy proxy = S3Proxy.builder()
                    .blobStore(store)
                    .endpoint(URI.create("http://" + Ports.LOOPBACK + ":" + port))
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                    .build();
            proxy.start();
            return new EmbeddedS3(proxy, context);
        } catch (Exception e) {
            context.close();
            throw new IOException("cannot start the object store in " + dir + " on port " + port, e);
        }
    }

    /** Returns where clients connect to. */
    public URI endpoint() {
        return URI.create("http://" + Ports.LOOPBACK + ":" + proxy.getPort());
    }

    @Override
    public void close() throws IOException {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IOException("the object store did not stop", e);
        } finally {
            context.close();
        }
    }

    private static BlobStoreContext folder(Path dir) {
        Properties overrides = new Properties();
        overrides.setProperty("jclouds.filesystem.basedir", dir.toString());
        // named by its class: a look-up by name would load the description of every cloud that was left out
        return ContextBuilder.newBuilder(new FilesystemNio2BlobApiMetadata())
                .credentials(ACCESS_KEY, SECRET_KEY)
                .overrides(overrides)
                .build(BlobStoreContext.class);
    }
}
