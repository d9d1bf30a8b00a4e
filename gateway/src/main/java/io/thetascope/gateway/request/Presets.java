package io.thetascope.gateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Studies that come with the gateway, by name. */
public final class Presets {
    private static final String KEY = "preset";
    private static final List<String> NAMES =
            List.of("quick", "escape-curve", "resnet-mystery", "paper-126", "paper-162");

    private final Map<String, ObjectNode> byName = new LinkedHashMap<>();

    /** Reads them from the class path. */
    public Presets() {
        NAMES.forEach(name -> byName.put(name, load(name)));
    }

    /** Returns their names, the smallest study first. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Returns a preset as a user would write it. */
    public ObjectNode get(String name) {
        ObjectNode preset = byName.get(name);
        if (preset == null) {
            throw new IllegalArgumentException("no preset " + name + "; known are " + names());
        }
        return preset.deepCopy();
    }

    /** Puts a preset in place of its name; keys written beside it win, within objects too. */
    public ObjectNode expand(ObjectNode request, Problems problems) {
        JsonNode named = request.get(KEY);
        if (named == null) {
            return request;
        }
        ObjectNode rest = request.deepCopy();
        rest.remove(KEY);
        if (!named.isTextual() || !byName.containsKey(named.textValue())) {
            problems.add(KEY, named.isTextual() ? named.textValue() : named, "one of " + names());
            return rest;
        }
        ObjectNode merged = get(named.textValue());
        overlay(merged, rest);
        return merged;
    }

    private static void overlay(ObjectNode onto, ObjectNode from) {
        from.properties().forEach(entry -> {
            if (onto.get(entry.getKey()) instanceof ObjectNode below && entry.getValue() instanceof ObjectNode above) {
                overlay(below, above);
            } else {
                onto.set(entry.getKey(), entry.getValue());
            }
        });
    }

    private static ObjectNode load(String name) {
        try (InputStream text = Presets.class.getResourceAsStream("/presets/" + name + ".yaml")) {
            if (text == null) {
                throw new IllegalStateException(
                        "preset " + name + " is not on the class path; build the gateway again");
            }
            return StudyDocument.yaml(text.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read preset " + name, e);
        }
    }
}
