package io.thetascope.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A topology without its containers: the four packaged services and a broker with exactly the environments that the compose
 * file or the rendered manifests give them, against Kafka, S3 and PostgreSQL as processes of their own. A study runs through
 * it, and its read model is rebuilt on an empty PostgreSQL and on H2. Takes minutes, so it is run by hand: {@code mvn -o -q -B
 * -Prehearsal -pl system-tests integration-test -Dtest=TopologyRehearsal -Drehearsal.manifests=FILE}.
 *
 * <p>What differs from the topology: hosts and ports become ports of the loopback address ({@code QUARKUS_HTTP_HOST} and the
 * image's {@code QUARKUS_HTTP_PORT} too); paths of mounts become folders here, one of its own for each workload; a service gets
 * its parent's process id, to leave with it, and nothing else, so that what an image's {@code ENV} would set keeps its default.
 * The tester chooses passwords, tokens and the data sets, as an operator does; the broker's heap is 512 MiB.
 */
class TopologyRehearsal {
    private static final Duration LONG = Duration.ofMinutes(60);
    private static final Path ROOT = Path.of(System.getProperty("thetascope.root"));
    private static final LongSupplier NANOS = System::nanoTime;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STUDY = System.getProperty("rehearsal.study", "{\"preset\":\"quick\"}");
    private static final Path DATASETS = Path.of("/usr/share/datasets");
    private static final String STORE_PASSWORD = "thetascope-local"; // the launcher's store takes no other
    private static final String DATABASE_PASSWORD = "database-of-the-rehearsal";
    private static final String TOKEN = "rehearsal-token-of-an-operator-0123456789";
    private static final String GATEWAY = "gateway";
    private static final List<String> TIMES = List.of("acceptedAt", "completedAt");

    /** Which workload runs which package. */
    private static final Map<String, String> MODULES = Map.of(
            "trainer", "trainer-service", "analyzer", "analyzer-service", "perturbation", "perturbation-service");

    @TempDir
    Path folder;

    /** Where a topology mounts something, and what lies there in the rehearsal. */
    private record Mount(String target, Path source) {
        String in(String value) {
            return value.equals(target) || value.startsWith(target + "/")
                    ? source + value.substring(target.length())
                    : value;
        }
    }

    @Test
    void composeRunsAStudyAndItsReadModelCanBeRebuilt() throws IOException, SQLException {
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        ComposeFile compose = ComposeFile.read(
                ROOT.resolve("docker-compose.yml"),
                Map.of(
                        "THETASCOPE_STORE_SECRET_KEY",
                        STORE_PASSWORD,
                        "POSTGRES_PASSWORD",
                        DATABASE_PASSWORD,
                        "GRAFANA_ADMIN_PASSWORD",
                        "unused",
                        "THETASCOPE_GATEWAY_AUTH_TOKEN_FILE",
                        token.toString(),
                        "THETASCOPE_DOWNLOAD",
                        "false"));
        rehearse(
                compose::environment,
                workload -> List.of(new Mount("/run/secrets/gateway-token", token), new Mount("/datasets", DATASETS)));
    }

    @Test
    @EnabledIfSystemProperty(
            named = "rehearsal.manifests",
            matches = ".+",
            disabledReason = "no rendered manifests given")
    void kubernetesRunsAStudyAndItsReadModelCanBeRebuilt() throws IOException, SQLException {
        Path auth = Files.createDirectories(folder.resolve("auth"));
        Files.writeString(auth.resolve("token"), TOKEN);
        Files.createSymbolicLink(data(GATEWAY).resolve("datasets"), DATASETS);
        RenderedManifests manifests = RenderedManifests.read(
                Path.of(System.getProperty("rehearsal.manifests")),
                Map.of(
                        "thetascope-store", Map.of("access-key", "thetascope", "secret-key", STORE_PASSWORD),
                        "thetascope-database",
                                Map.of(
                                        "jdbc-url",
                                        "jdbc:postgresql://postgres.thetascope.svc.cluster.local:5432/thetascope",
                                        "username",
                                        "thetascope",
                                        "password",
                                        DATABASE_PASSWORD)));
        rehearse(
                manifests::environment,
                workload -> List.of(
                        new Mount("/etc/thetascope/auth", auth),
                        new Mount("/var/cache/thetascope", data(workload)),
                        new Mount("/var/lib/thetascope", data(workload))));
    }

    private Path data(String workload) {
        try {
            return Files.createDirectories(folder.resolve("data").resolve(workload));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rehearse(Function<String, Map<String, String>> topology, Function<String, List<Mount>> mounts)
            throws IOException, SQLException {
        Deployment deployment = Deployment.bare(folder.resolve("deployment"));
        try (Surroundings surroundings = Surroundings.start(
                deployment, folder, topology.apply("kafka"), topology.apply("minio"), topology.apply("postgres"))) {
            Function<String, Map<String, String>> here =
                    workload -> mounted(surroundings.moved(topology.apply(workload)), mounts.apply(workload));
            deployment.start(GATEWAY, here.apply(GATEWAY));
            for (Map.Entry<String, String> module : MODULES.entrySet()) {
                deployment.start(module.getKey(), module.getValue(), here.apply(module.getKey()));
            }
            deployment.awaitReady(GATEWAY);
            MODULES.keySet().forEach(deployment::awaitReady);
            String study = runs(api(deployment, GATEWAY));
            JsonNode report = report(deployment, GATEWAY, study);
            rebuild(deployment, surroundings, here.apply(GATEWAY), study, report);
        }
    }

    private static GatewayApi api(Deployment deployment, String name) {
        return GatewayApi.withToken(deployment.url(name), TOKEN);
    }

    private static String runs(GatewayApi api) {
        long begun = NANOS.getAsLong();
        GatewayApi.Answer answer = api.post("/studies", "application/json", STUDY);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
        String study = answer.body().path("studyId").asText();
        JsonNode completed = api.completed(study, LONG);
        System.out.printf(
                "rehearsal: %s completed in %.0f s: %s%n", study, (NANOS.getAsLong() - begun) / 1e9, completed);
        JsonNode runs = completed.path("runs");
        JsonNode analyses = completed.path("analyses");
        assertThat(runs.path("finished").asInt())
                .isPositive()
                .isEqualTo(runs.path("planned").asInt());
        assertThat(analyses.path("measured").asInt())
                .isPositive()
                .isEqualTo(analyses.path("planned").asInt());
        return study;
    }

    /** The same topics and objects, read into an empty PostgreSQL and into an empty H2, say the same. */
    private static void rebuild(
            Deployment deployment,
            Surroundings surroundings,
            Map<String, String> gateway,
            String study,
            JsonNode report)
            throws IOException, SQLException {
        deployment.stop(GATEWAY);
        Map<String, String> empty = new LinkedHashMap<>(gateway);
        empty.put("QUARKUS_DATASOURCE_POSTGRESQL_JDBC_URL", surroundings.anotherDatabase("rebuilt"));
        rebuilt(deployment, "gateway-postgresql", empty, study, report);
        Map<String, String> h2 = new LinkedHashMap<>(gateway);
        h2.remove("QUARKUS_PROFILE");
        h2.put("THETASCOPE_GATEWAY_DATABASE", "./read-model");
        rebuilt(deployment, "gateway-h2", h2, study, report);
    }

    private static void rebuilt(
            Deployment deployment, String name, Map<String, String> environment, String study, JsonNode report)
            throws IOException {
        long begun = NANOS.getAsLong();
        deployment.start(name, GATEWAY, environment);
        deployment.awaitReady(name);
        await(name)
                .atMost(LONG)
                .untilAsserted(() -> assertThat(report(deployment, name, study)).isEqualTo(report));
        System.out.printf("rehearsal: %s has the same report after %.0f s%n", name, (NANOS.getAsLong() - begun) / 1e9);
        deployment.stop(name);
    }

    /** Without the times of acceptance and completion, which a rebuild takes from the facts it reads last. */
    private static JsonNode report(Deployment deployment, String name, String study) throws IOException {
        JsonNode report =
                JSON.readTree(api(deployment, name).bytes("/studies/" + study + "/report", "application/json"));
        assertThat(report.path("study").path("studyId").asText())
                .as("%s", report)
                .isEqualTo(study);
        ((ObjectNode) report.path("provenance")).remove(TIMES);
        return report;
    }

    private static Map<String, String> mounted(Map<String, String> environment, List<Mount> mounts) {
        Map<String, String> mounted = new LinkedHashMap<>();
        environment.forEach((key, value) -> {
            String path = value;
            for (Mount mount : mounts) {
                path = mount.in(path);
            }
            mounted.put(key, path);
        });
        return mounted;
    }
}
