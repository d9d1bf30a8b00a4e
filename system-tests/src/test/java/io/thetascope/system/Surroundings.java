package io.thetascope.system;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kafka, S3 and PostgreSQL as processes of their own, set up from the environments that a topology gives to their
 * containers, and the addresses of that topology moved to where they are. PostgreSQL asks for the user's password, as
 * the official image does. Caller closes it.
 */
final class Surroundings implements AutoCloseable {
    /** Host and port of one of the three, with or without a cluster's suffix. */
    private static final Pattern PLACE =
            Pattern.compile("\\b(kafka|minio|postgres)([-.][a-z0-9.-]+)?:(9092|9000|5432)\\b");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(port|folder|access|secret)}");
    private static final String WRONG_PASSWORD = "28P01";
    private static final String STORE = "test.s3.command";

    private final Deployment deployment;
    private final EmbeddedPostgres postgres;
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    private String owner = "";

    private Surroundings(Deployment deployment, EmbeddedPostgres postgres) {
        this.deployment = deployment;
        this.postgres = postgres;
    }

    /** Starts all three and waits until they answer. */
    static Surroundings start(
            Deployment deployment,
            Path folder,
            Map<String, String> kafka,
            Map<String, String> minio,
            Map<String, String> postgres)
            throws IOException, SQLException {
        Surroundings surroundings =
                new Surroundings(deployment, EmbeddedPostgres.builder().start());
        try {
            surroundings.database(postgres);
            surroundings.broker(folder.resolve("kafka-settings"), kafka);
            surroundings.store(folder.resolve("s3-data"), minio);
            deployment.awaitReady(Deployment.KAFKA);
            deployment.awaitReady(Deployment.S3);
            return surroundings;
        } catch (IOException | SQLException | RuntimeException e) {
            deployment.closeAfter(e);
            surroundings.postgres.close();
            throw e;
        }
    }

    /** Returns an environment with the addresses moved. */
    Map<String, String> moved(Map<String, String> environment) {
        Map<String, String> moved = new LinkedHashMap<>();
        environment.forEach((key, value) ->
                moved.put(key, PLACE.matcher(value).replaceAll(found -> "127.0.0.1:" + ports.get(found.group(1)))));
        return moved;
    }

    /** Makes one more, empty database like the first one, and returns its URL. */
    String anotherDatabase(String name) throws SQLException {
        execute("CREATE DATABASE " + name + " OWNER " + owner);
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + name;
    }

    /** What the official image does: a superuser who is asked for his password, and a database of his. */
    private void database(Map<String, String> environment) throws IOException, SQLException {
        ports.put("postgres", postgres.getPort());
        owner = environment.getOrDefault("POSTGRES_USER", "postgres");
        execute("CREATE ROLE " + owner + " SUPERUSER LOGIN PASSWORD '" + environment.get("POSTGRES_PASSWORD") + "'");
        execute("CREATE DATABASE " + environment.getOrDefault("POSTGRES_DB", owner) + " OWNER " + owner);
        Path access = Path.of(queried("SHOW hba_file"));
        Files.writeString(access, "host all " + owner + " 127.0.0.1/32 scram-sha-256\n" + Files.readString(access));
        execute("SELECT pg_reload_conf()");
        awaitPasswordChecked();
    }

    /** The server reads its file a moment after it was told to. */
    private void awaitPasswordChecked() {
        String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
        await("the password is checked").until(() -> {
            try (Connection connection = DriverManager.getConnection(url, owner, "not the password")) {
                return connection.isClosed();
            } catch (SQLException e) {
                return WRONG_PASSWORD.equals(e.getSQLState());
            }
        });
    }

    private String queried(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void broker(Path folder, Map<String, String> environment) throws IOException {
        BrokerEnvironment broker = new BrokerEnvironment(environment);
        String settings = broker.write(folder).toString();
        List<String> format = Deployment.watched(
                "kafka.tools.StorageTool", "format", "--cluster-id", broker.clusterId(), "--config", settings);
        deployment.runToEnd("kafka-format", format);
        ports.put("kafka", broker.port());
        deployment.startServer(Deployment.KAFKA, broker.port(), Deployment.watched("kafka.Kafka", settings));
    }

    /** The launcher's store, or the one whose command line the tester gave. */
    private void store(Path folder, Map<String, String> environment) throws IOException {
        int port = Deployment.freePort();
        Files.createDirectories(folder);
        Map<String, String> values = Map.of(
                "port", Integer.toString(port),
                "folder", folder.toString(),
                "access", environment.get("MINIO_ROOT_USER"),
                "secret", environment.get("MINIO_ROOT_PASSWORD"));
        String wanted = System.getProperty(STORE, "");
        List<String> command = wanted.isBlank()
                ? Deployment.watched(
                        InfrastructureMain.class.getName(), Deployment.S3, folder.toString(), Integer.toString(port))
                : List.of(PLACEHOLDER
                        .matcher(wanted)
                        .replaceAll(found -> Matcher.quoteReplacement(values.get(found.group(1))))
                        .split(" "));
        ports.put("minio", port);
        deployment.startServer(Deployment.S3, port, command);
    }

    @Override
    public void close() throws IOException {
        deployment.close();
        postgres.close();
    }
}
