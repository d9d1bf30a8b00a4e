package io.thetascope.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
    private static final Admission OPEN = new Admission(false, false);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "[::1]", "127.9.9.9"})
    void anOpenGatewayListensAtLoopback(String host) {
        assertThat(OPEN.refuses(host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "[::]", "192.168.1.7", "", "no-such-host.invalid"})
    void anOpenGatewayListensNowhereElse(String host) {
        assertThat(OPEN.refuses(host))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("THETASCOPE_GATEWAY_AUTH_TOKEN_FILE", "QUARKUS_OIDC_AUTH_SERVER_URL"));
    }

    @Test
    void aGatewayThatAsksForTokensListensEverywhere() {
        assertThat(new Admission(true, false).refuses("0.0.0.0")).isEmpty();
        assertThat(new Admission(false, true).refuses("::")).isEmpty();
    }
}
