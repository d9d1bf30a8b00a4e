package io.thetascope.trainer.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** All settings of a trainer process but Kafka's address ({@code kafka.bootstrap.servers}) and Quarkus' own. */
@ConfigMapping(prefix = "thetascope")
public interface TrainerConfig {
    /** What it trains on and where it keeps files. */
    Trainer trainer();

    /** The object store that all services share. */
    Store store();

    /** What is done about topics at the start. */
    Topics topics();

    /** Process id of the launcher: when that process is gone, this one leaves. Unset where something else looks after it. */
    OptionalLong parentPid();

    /** What it trains on and where it keeps files. */
    interface Trainer {
        /** Device: auto (a GPU if there is one), cpu, or cuda:N; a GPU that is asked for and not given ends the process. */
        @WithDefault("auto")
        String device();

        /** Folder for data sets, which trainers of a machine may share, and for checkpoints on their way to the store. */
        @WithDefault("${java.io.tmpdir}/thetascope-cache")
        Path cacheDir();

        /**
         * How long after a resume point the next one is due; later where storing one takes more than a fourth of that. A run
         * whose trainer dies goes on from the last one.
         */
        @WithDefault("30s")
        Duration resumeEvery();

        /**
         * How long without a job until this process leaves by itself, with exit code 0; never while it has one. Unset: it stays.
         * For trainers that something else starts when there is work, such as a ScaledJob of KEDA.
         */
        Optional<Duration> leaveWhenIdle();

        /** Name of this process in facts and owner objects; by default host name and process id. */
        Optional<String> worker();
    }

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
}
