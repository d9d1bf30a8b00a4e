package io.thetascope.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The workloads of rendered Kubernetes manifests, as far as the environment of their first container goes. */
final class RenderedManifests {
    private final List<Map<?, ?>> objects = new ArrayList<>();
    private final Map<String, Map<String, String>> secrets;

    private RenderedManifests(Map<String, Map<String, String>> secrets) {
        this.secrets = secrets;
    }

    /** Reads what kustomize rendered; the secrets are those that the operator makes by hand, by name and key. */
    static RenderedManifests read(Path file, Map<String, Map<String, String>> secrets) throws IOException {
        RenderedManifests manifests = new RenderedManifests(secrets);
        for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(Files.readString(file))) {
            if (document instanceof Map<?, ?> object) {
                manifests.objects.add(object);
            }
        }
        return manifests;
    }

    /**
     * Returns the environment that a kubelet gives to the first container of a workload, in its order.
     *
     * @throws IllegalArgumentException when something is referred to that is not there, or written in a way that is not
     *     understood here
     */
    Map<String, String> environment(String workload) {
        Map<?, ?> container = (Map<?, ?>) list(
                        in(object(List.of("Deployment", "StatefulSet"), workload), "spec", "template", "spec"),
                        "containers")
                .get(0);
        Map<String, String> environment = new LinkedHashMap<>();
        for (Object source : list(container, "envFrom")) {
            environment.putAll(configMap(text(in((Map<?, ?>) source, "configMapRef"), "name")));
        }
        for (Object entry : list(container, "env")) {
            Map<?, ?> variable = (Map<?, ?>) entry;
            environment.put(text(variable, "name"), value(variable));
        }
        return environment;
    }

    private String value(Map<?, ?> variable) {
        if (variable.containsKey("value")) {
            return text(variable, "value");
        }
        Map<?, ?> from = in(variable, "valueFrom");
        if (from.containsKey("secretKeyRef")) {
            Map<?, ?> reference = in(from, "secretKeyRef");
            return secret(text(reference, "name"), text(reference, "key"));
        }
        throw new IllegalArgumentException("not understood here: " + variable);
    }

    private String secret(String name, String key) {
        Map<String, String> byHand = secrets.getOrDefault(name, Map.of());
        if (byHand.containsKey(key)) {
            return byHand.get(key);
        }
        Map<?, ?> data = in(object(List.of("Secret"), name), "data");
        return new String(Base64.getMimeDecoder().decode(text(data, key)), StandardCharsets.UTF_8);
    }

    private Map<String, String> configMap(String name) {
        Map<String, String> values = new LinkedHashMap<>();
        in(object(List.of("ConfigMap"), name), "data")
                .forEach((key, value) -> values.put(key.toString(), value.toString()));
        return values;
    }

    private Map<?, ?> object(List<String> kinds, String name) {
        return objects.stream()
                .filter(o -> kinds.contains(o.get("kind"))
                        && name.equals(in(o, "metadata").get("name")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + kinds + " is called " + name));
    }

    private static Map<?, ?> in(Map<?, ?> map, String... path) {
        Map<?, ?> inner = map;
        for (String key : path) {
            if (!(inner.get(key) instanceof Map<?, ?> next)) {
                throw new IllegalArgumentException("no " + key + " in " + inner);
            }
            inner = next;
        }
        return inner;
    }

    private static List<?> list(Map<?, ?> map, String key) {
        return map.get(key) instanceof List<?> list ? list : List.of();
    }

    private static String text(Map<?, ?> map, String key) {
        if (map.get(key) == null) {
            throw new IllegalArgumentException("no " + key + " in " + map);
        }
        return map.get(key).toString();
    }
}
