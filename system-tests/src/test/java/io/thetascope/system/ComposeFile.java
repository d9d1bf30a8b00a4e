package io.thetascope.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The services of a compose file, as far as their environment goes. */
final class ComposeFile {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?:(:[-?])([^}]*))?}");

    private final Map<?, ?> services;
    private final Map<String, String> variables;

    private ComposeFile(Map<?, ?> services, Map<String, String> variables) {
        this.services = services;
        this.variables = variables;
    }

    /** Reads a file; the variables are those of the operator's {@code .env}. */
    static ComposeFile read(Path file, Map<String, String> variables) throws IOException {
        Map<?, ?> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        return new ComposeFile(mapping(document, "services"), variables);
    }

    /**
     * Returns the environment that compose gives to a service.
     *
     * @throws IllegalArgumentException when a variable is missing that the file demands, or something is written in a way
     *     that is not understood here
     */
    Map<String, String> environment(String service) {
        Map<String, String> environment = new LinkedHashMap<>();
        mapping(mapping(services, service), "environment")
                .forEach((key, value) -> environment.put(key.toString(), interpolated(String.valueOf(value))));
        return environment;
    }

    /** Returns how long compose waits after SIGTERM before it sends SIGKILL. */
    Duration stopGracePeriod(String service) {
        Object period = mapping(services, service).get("stop_grace_period");
        return Duration.parse("PT" + String.valueOf(period).toUpperCase(Locale.ROOT));
    }

    private static Map<?, ?> mapping(Map<?, ?> parent, String key) {
        if (!(parent.get(key) instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(key + " is not a mapping: " + parent.get(key));
        }
        return map;
    }

    private String interpolated(String value) {
        String result = VARIABLE.matcher(value).replaceAll(found -> Matcher.quoteReplacement(variable(found)));
        if (VARIABLE.matcher(value).replaceAll("").contains("$")) {
            throw new IllegalArgumentException("not understood here: " + value);
        }
        return result;
    }

    private String variable(MatchResult found) {
        String value = variables.getOrDefault(found.group(1), "");
        if (!value.isEmpty() || found.group(2) == null) {
            return value;
        }
        if (found.group(2).equals(":?")) {
            throw new IllegalArgumentException(found.group(1) + ": " + found.group(3));
        }
        return found.group(3);
    }
}
