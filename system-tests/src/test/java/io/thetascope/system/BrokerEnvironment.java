package io.thetascope.system;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container's environment as the properties of a broker, as the official image does it: {@code KAFKA_A_B} is {@code a.b}.
 * Listeners are moved to free ports of the loopback address and the data to a folder; all else stays as it is.
 */
final class BrokerEnvironment {
    private static final Pattern LISTENER = Pattern.compile("([A-Z_]+)://([^:,]*):(\\d+)");
    private static final String CLIENTS = "CLIENTS";

    private final Map<String, String> environment;
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    BrokerEnvironment(Map<String, String> environment) {
        this.environment = environment;
        Matcher listener = LISTENER.matcher(environment.get("KAFKA_LISTENERS"));
        while (listener.find()) {
            ports.put(listener.group(1), Deployment.freePort());
        }
    }

    /** Returns where the services connect to. */
    int port() {
        return port(CLIENTS);
    }

    String clusterId() {
        return Objects.requireNonNull(environment.get("CLUSTER_ID"), "CLUSTER_ID");
    }

    Path write(Path folder) throws IOException {
        Properties properties = new Properties();
        environment.forEach((key, value) -> {
            if (key.startsWith("KAFKA_") && !key.endsWith("_OPTS")) {
                String name = key.substring("KAFKA_".length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
                properties.setProperty(name, moved(value));
            }
        });
        properties.setProperty("log.dirs", folder.resolve("data").toString());
        properties.setProperty(
                "controller.quorum.voters",
                properties.getProperty("node.id") + "@127.0.0.1:"
                        + port(properties.getProperty("controller.listener.names")));
        Path file = Files.createDirectories(folder).resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }

    private String moved(String value) {
        return LISTENER.matcher(value).replaceAll(found -> found.group(1) + "://127.0.0.1:" + port(found.group(1)));
    }

    private int port(String listener) {
        return Objects.requireNonNull(ports.get(listener), listener);
    }
}
