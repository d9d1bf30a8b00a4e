package io.thetascope.analyzer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Every setting of this service besides Kafka's address ({@code kafka.bootstrap.servers}) and Quarkus's own. */
@ConfigMapping(prefix = "thetascope")
public interface AnalyzerConfig {
    /** The object store that all services share. */
    Store store();

    /** What is done about topics at the start. */
    Topics topics();

    /** What is this service's alone. */
    Analyzer analyzer();

    /** The process whose end this service follows; absent for a service that stands alone. */
    OptionalLong parentPid();

    /** The object store that all services share. */
    interface Store {
        /** URL of any S3, such as http://localhost:9000. */
        @WithDefault("http://localhost:9000")
        URI endpoint();

        /** User at the store. */
        String accessKey();

        /** Password at the store. */
        String secretKey();

        /** Bucket in which everything lies. */
        @WithDefault("thetascope")
        String bucket();
    }

    /** What is done about topics at the start. */
    interface Topics {
        /** Whether missing topics are created; false where something else, such as an operator of Kubernetes, does so. */
        @WithDefault("true")
        boolean create();
    }

    /** What is the analyzer's alone. */
    interface Analyzer {
        /** Folder for checkpoints and data sets; each process keeps its files in a folder of its own below it. */
        @WithDefault("${java.io.tmpdir}/thetascope-analyzer")
        Path cacheDir();

        /** Bytes that are kept there; more only while the job at hand needs them. */
        @WithDefault("2147483648")
        long cacheBytes();

        /** On what networks run: cpu, cuda or cuda:N. A device that is not there is refused at the start. */
        @WithDefault("cpu")
        String device();

        /** Name of this process in owner objects; by default host name and process id. */
        Optional<String> worker();
    }
}
