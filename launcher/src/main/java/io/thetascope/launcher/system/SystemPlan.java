package io.thetascope.launcher.system;

import io.thetascope.launcher.home.Home;
import io.thetascope.launcher.infra.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to be started.
 *
 * @param sources the folder of the built repository
 * @param home where its data is
 * @param gatewayPort of the HTTP API
 * @param kafkaPort of the broker; 0 for a free one
 * @param s3Port of the object store; 0 for a free one
 * @param trainers how many trainer processes
 * @param datasets the folder of data sets that the user named
 * @param store the object store that the user named; without one the launcher has its own
 */
public record SystemPlan(
        Path sources,
        Home home,
        int gatewayPort,
        int kafkaPort,
        int s3Port,
        int trainers,
        Optional<Path> datasets,
        Optional<StoreAccess> store) {
    public SystemPlan {
        if (trainers < 1) {
            throw new IllegalArgumentException("trainers must be >= 1: " + trainers);
        }
    }

    /** Returns the URL of the HTTP API. */
    public URI gateway() {
        return URI.create("http://" + Ports.LOOPBACK + ":" + gatewayPort);
    }
}
