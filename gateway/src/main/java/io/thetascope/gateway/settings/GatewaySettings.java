package io.thetascope.gateway.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** The gateway's settings. Environment variables by the usual mapping, such as THETASCOPE_DATA_DIR. */
@ConfigMapping(prefix = "thetascope")
public interface GatewaySettings {
    /**
     * The folder with data sets, in subfolders mnist, fashion-mnist, cifar10 or cifar-10-batches-bin; CIFAR-10 may also lie
     * in it, or in its cifar10, as the archive cifar-10-binary.tar.gz.
     */
    Optional<Path> dataDir();

    /** Where downloads and canonical data-set files are kept. */
    @WithDefault(".thetascope/cache")
    Path cacheDir();

    /** Whether data sets that are found nowhere may be downloaded from their official place. */
    @WithDefault("true")
    boolean download();

    /** Base runs of one study that wait in the queue at once. */
    @WithDefault("64")
    int queuedBaseRuns();

    /** The process that started this one; when it is gone the gateway leaves too. */
    OptionalLong parentPid();

    /** The object store. */
    Store store();

    /** The topics. */
    Topics topics();

    /** Where the object store is. */
    interface Store {
        /** Its URL, any S3. */
        @WithDefault("http://localhost:9000")
        URI endpoint();

        /** The user there. */
        @WithDefault("thetascope")
        String accessKey();

        /** The user's password there. */
        @WithDefault("thetascope")
        String secretKey();

        /** The bucket in which everything lies. */
        @WithDefault("thetascope")
        String bucket();
    }

    /** What is done about topics. */
    interface Topics {
        /** Whether missing topics are created; off where they are managed elsewhere. */
        @WithDefault("true")
        boolean create();
    }
}
