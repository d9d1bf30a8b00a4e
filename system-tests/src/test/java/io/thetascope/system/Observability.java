package io.thetascope.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The alert rules and dashboards that are deployed. */
final class Observability {
    /** Metrics of trainers that no test system has. */
    static final Set<String> ON_GPUS_ALONE =
            Set.of("thetascope_trainer_gpu_memory_used_bytes", "thetascope_trainer_gpu_memory_capacity_bytes");

    private static final Path ROOT = Path.of(System.getProperty("thetascope.root"));
    private static final Path FOLDER = ROOT.resolve("deploy/observability");
    /** Every metric of ours and of the libraries has one of these first words; labels and functions do not. */
    private static final Pattern NAME = Pattern.compile("\\b(?:thetascope|http|jvm|kafka|process)_\\w+");
    /** What is quoted is a label's value or text. */
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    private Observability() {}

    static List<JsonNode> alerts() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        for (Path file : files("prometheus/rules", ".yml")) {
            for (JsonNode group : new YAMLMapper().readTree(file.toFile()).path("groups")) {
                group.path("rules").forEach(alerts::add);
            }
        }
        return alerts;
    }

    static List<JsonNode> dashboards() throws IOException {
        List<JsonNode> dashboards = new ArrayList<>();
        for (Path file : files("grafana/dashboards", ".json")) {
            dashboards.add(new ObjectMapper().readTree(file.toFile()));
        }
        return dashboards;
    }

    static String runbook() throws IOException {
        return Files.readString(ROOT.resolve("docs/alerts.md"));
    }

    static Set<String> usedNames() throws IOException {
        Set<String> names = new TreeSet<>();
        for (JsonNode alert : alerts()) {
            names.addAll(namesIn(alert.path("expr").asText()));
        }
        for (JsonNode dashboard : dashboards()) {
            for (String expression : dashboard.findValuesAsText("expr")) {
                names.addAll(namesIn(expression));
            }
        }
        return names;
    }

    static Set<String> namesIn(String expression) {
        Set<String> names = new TreeSet<>();
        NAME.matcher(QUOTED.matcher(expression).replaceAll("")).results().forEach(match -> names.add(match.group()));
        return names;
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
        }
    }
}
