package io.thetascope.gateway.access;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.thetascope.gateway.api.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A gateway that listens beyond loopback and asks for tokens, of an issuer or from files. */
public final class Guarded implements QuarkusTestProfile {
    static final String AUDIENCE = "thetascope";
    static final String PASSWORD = "planted-password-of-the-database";
    static final String OPERATOR_TOKEN = "planted-operator-0123456789abcdef0123456789";
    static final String VIEWER_TOKEN = "planted-viewer-0123456789abcdef0123456789";

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Secrets.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }

    /** What the gateway is told, and what the tests need to know of it, under keys that begin with {@code test.}. */
    public static final class Secrets implements QuarkusTestResourceLifecycleManager {
        private @Nullable Issuer issuer;

        @Override
        public Map<String, String> start() {
            try {
                return settings(Files.createTempDirectory("guarded"));
            } catch (IOException e) {
                throw new UncheckedIOException("no temporary folder", e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has RSA", e);
            }
        }

        private Map<String, String> settings(Path folder) throws IOException, NoSuchAlgorithmException {
            KeyPair keys = keys();
            Issuer started = Issuer.start((RSAPublicKey) keys.getPublic());
            issuer = started;
            Map<String, String> settings = new HashMap<>(new Surroundings().start());
            settings.put("quarkus.http.host", "0.0.0.0");
            settings.put("quarkus.http.read-timeout", "2s");
            settings.put("quarkus.oidc.auth-server-url", started.url());
            settings.put("quarkus.oidc.token.audience", AUDIENCE);
            settings.put("quarkus.oidc.roles.role-claim-path", "lab/roles");
            settings.put("thetascope.gateway.auth.token-file", file(folder, "operator", OPERATOR_TOKEN));
            settings.put("thetascope.gateway.auth.viewer-token-file", file(folder, "viewer", VIEWER_TOKEN));
            settings.put(
                    "quarkus.datasource.h2.jdbc.url",
                    "jdbc:h2:mem:guarded;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
            settings.put("quarkus.datasource.h2.password", PASSWORD);
            settings.put("quarkus.log.file.enabled", "true");
            settings.put("quarkus.log.file.path", folder.resolve("gateway.log").toString());
            settings.put("quarkus.log.category.\"io.thetascope\".level", "DEBUG");
            settings.put("quarkus.log.category.\"io.quarkus.oidc\".level", "DEBUG");
            settings.put("quarkus.log.console.level", "INFO");
            settings.put("test.log", folder.resolve("gateway.log").toString());
            settings.put("test.issuer", started.url());
            settings.put("test.key", text(keys.getPrivate()));
            settings.put("test.other-key", text(keys().getPrivate()));
            return settings;
        }

        private static String file(Path folder, String name, String token) throws IOException {
            return Files.writeString(folder.resolve(name), token + "\n").toString();
        }

        private static KeyPair keys() throws NoSuchAlgorithmException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        }

        private static String text(Key key) {
            return Base64.getEncoder().encodeToString(key.getEncoded());
        }

        @Override
        public void stop() {
            if (issuer != null) {
                issuer.close(); // the files are temporary, the infrastructure ends with the JVM
            }
        }
    }
}
