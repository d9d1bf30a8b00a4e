package io.thetascope.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.run.Figures;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void numbersThatAreNotFiniteAreWrittenAsNull() {
        String json = new String(Json.bytes(Map.of("loss", Double.NaN)), StandardCharsets.UTF_8);
        assertThat(json).isEqualTo("{\"loss\":null}");
    }

    @Test
    void nullIsNeverReadAsZero() {
        byte[] json = "{\"loss\":1.0,\"accuracy\":null}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Json.read(json, Figures.class)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void canonicalFormIsThatOfRfc8785() {
        // numbers in the form of the example in RFC 8785, section 3.2.2
        assertThat(Json.canonical(Map.of("b", 333333333.3333333, "a", 1e30, "c", 4.50)))
                .isEqualTo("{\"a\":1e+30,\"b\":333333333.3333333,\"c\":4.5}");
    }
}
