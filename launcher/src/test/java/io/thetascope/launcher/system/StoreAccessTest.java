package io.thetascope.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreAccessTest {
    private static final Map<String, String> NAMED = Map.of(
            "THETASCOPE_STORE_ENDPOINT", "http://127.0.0.1:7070",
            "THETASCOPE_STORE_ACCESS_KEY", "me",
            "THETASCOPE_STORE_SECRET_KEY", "hidden");

    @Test
    void isNamedByTheServicesOwnSettings() {
        assertThat(StoreAccess.of(NAMED))
                .contains(new StoreAccess(URI.create("http://127.0.0.1:7070"), "me", "hidden", "thetascope"));
    }

    @Test
    void keysAloneNameNoStore() {
        assertThat(StoreAccess.of(Map.of("THETASCOPE_STORE_ACCESS_KEY", "me", "THETASCOPE_STORE_ENDPOINT", "")))
                .isEmpty();
    }

    @Test
    void isShownWithoutItsSecret() {
        assertThat(StoreAccess.of(NAMED).orElseThrow()).asString().doesNotContain("hidden");
    }
}
