package io.thetascope.launcher.system;

import io.thetascope.launcher.infra.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What must be so before anything is started; everything that is not is said at once. */
public final class Requirements {
    private static final long LEAST_FREE_BYTES = 2L << 30;
    private static final int HIGHEST_PORT = 65_535;

    private Requirements() {}

    /** Returns one sentence for each thing that is missing, with what to do about it; empty when all is well. */
    public static List<String> unmet(SystemPlan plan) {
        List<String> unmet = new ArrayList<>();
        home(plan.home().root(), unmet);
        port(plan.gatewayPort(), "--port", unmet);
        port(plan.kafkaPort(), "--kafka-port", unmet);
        port(plan.s3Port(), "--s3-port", unmet);
        plan.store().ifPresent(store -> {
            key(store.accessKey(), StoreAccess.ACCESS_KEY, unmet);
            key(store.secretKey(), StoreAccess.SECRET_KEY, unmet);
        });
        for (Service service : Service.values()) {
            Path jar = service.jar(plan.sources());
            if (!Files.isRegularFile(jar)) {
                unmet.add("the " + service.label() + " is not built (" + jar + " is missing): run mvn -DskipTests "
                        + "package in " + plan.sources());
            }
        }
        return unmet;
    }

    private static void home(Path home, List<String> unmet) {
        try {
            Files.createDirectories(home);
            Files.delete(Files.createTempFile(home, "write", ".probe"));
            long free = Files.getFileStore(home).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                unmet.add("only " + (free >> 20) + " MiB are free where " + home + " lies, 2048 MiB are needed: make "
                        + "room or choose another folder with --home");
            }
        } catch (IOException e) {
            unmet.add("the home " + home + " cannot be written (" + e.getClass().getSimpleName() + "): choose another "
                    + "folder with --home");
        }
    }

    private static void key(String value, String variable, List<String> unmet) {
        if (value.isBlank()) {
            unmet.add("THETASCOPE_STORE_ENDPOINT names an object store, but " + variable + " is not set: set it, or "
                    + "unset the endpoint to use the launcher's own store");
        }
    }

    private static void port(int port, String option, List<String> unmet) {
        if (port < 0 || port > HIGHEST_PORT) {
            unmet.add(option + " must be 0 to " + HIGHEST_PORT + ": " + port);
        } else if (port != 0 && !Ports.free(port)) {
            unmet.add("port " + port + " is in use: choose another one with " + option);
        }
    }
}
