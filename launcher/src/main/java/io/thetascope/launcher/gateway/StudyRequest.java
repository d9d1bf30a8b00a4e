package io.thetascope.launcher.gateway;

import io.thetascope.contracts.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A study as it is sent to the gateway.
 *
 * @param contentType JSON or YAML
 * @param body its text
 */
public record StudyRequest(String contentType, String body) {
    static final String PRESET_KEY = "preset";
    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";
    private static final Pattern PRESET = Pattern.compile("[a-z0-9][a-z0-9-]*");

    /** Returns the request for a preset. */
    public static StudyRequest preset(String name) {
        return new StudyRequest(JSON, Json.tree(Map.of(PRESET_KEY, name)).toString());
    }

    /**
     * Returns the request for a study file, or for a preset when there is no such file and it could be a preset's name.
     *
     * @throws NoSuchFileException when it is neither
     */
    public static StudyRequest of(String fileOrPreset) throws IOException {
        Path file = Path.of(fileOrPreset);
        if (Files.isRegularFile(file)) {
            return new StudyRequest(typeOf(file), Files.readString(file));
        }
        if (!PRESET.matcher(fileOrPreset).matches()) {
            throw new NoSuchFileException(fileOrPreset);
        }
        return preset(fileOrPreset);
    }

    /** Whether it names a preset and says nothing else. */
    public boolean isPreset() {
        return contentType.equals(JSON) && body.startsWith("{\"" + PRESET_KEY + "\":");
    }

    private static String typeOf(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".json") ? JSON : YAML;
    }
}
