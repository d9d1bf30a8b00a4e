package io.thetascope.perturbation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Every setting of this service besides Kafka's and Quarkus's own. */
@ConfigMapping(prefix = "thetascope")
public interface PerturbationConfig {
    /** The object store. */
    Store store();

    /** The topics. */
    Topics topics();

    /** What is this service's alone. */
    Perturbation perturbation();

    /** The process whose end this service follows; absent for a service that stands alone. */
    OptionalLong parentPid();

    /** Where the object store is. */
    interface Store {
        /** Address of any S3. */
        @WithDefault("http://localhost:9000")
        URI endpoint();

        /** The user there. */
        String accessKey();

        /** The password there. */
        String secretKey();

        /** The bucket in which everything lies. */
        @WithDefault("thetascope")
        String bucket();
    }

    /** How topics come to be. */
    interface Topics {
        /** Whether missing topics are created; off where the cluster's operator does it. */
        @WithDefault("true")
        boolean create();
    }

    /** Settings of the perturbation service. */
    interface Perturbation {
        /** Folder for checkpoints on their way; room for two of the largest network's. */
        @WithDefault("${java.io.tmpdir}/thetascope-perturbation")
        Path workDir();
    }
}
