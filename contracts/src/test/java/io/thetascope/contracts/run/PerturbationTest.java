package io.thetascope.contracts.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.event.Examples;
import io.thetascope.contracts.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PerturbationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"sign-flip\" | {\"kind\":\"sign-flip\",\"scope\":\"all\"}",
                "\"epsilon\" | {\"kind\":\"epsilon\",\"scope\":\"all\",\"value\":0.000001}",
                "\"random-signs\" | {\"kind\":\"random-signs\",\"scope\":\"all\",\"seed\":1}",
                "\"ulp\" | {\"kind\":\"ulp\",\"scope\":\"all\",\"seed\":1}",
                "{\"kind\":\"gaussian\",\"value\":2,\"scope\":\"live\",\"seed\":7}"
                        + "| {\"kind\":\"gaussian\",\"scope\":\"live\",\"seed\":7,\"value\":2}",
                "{\"kind\":\"gaussian\",\"scope\":\"conv1\",\"matching\":\"sign-flip\"}"
                        + "| {\"kind\":\"gaussian\",\"matching\":{\"kind\":\"sign-flip\",\"scope\":\"conv1\"},\"scope\":\"conv1\",\"seed\":1}"
            })
    void whatIsLeftOutTakesTheDefaultsOfItsKind(String written, String complete) {
        assertThat(Json.canonical(Json.read(written.getBytes(UTF_8), Perturbation.class)))
                .isEqualTo(complete);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"sign-flip\",\"value\":1}",
                "{\"kind\":\"ulp\",\"value\":1}",
                "{\"kind\":\"sign-flip\",\"seed\":1}",
                "{\"kind\":\"epsilon\",\"matching\":\"sign-flip\"}",
                "\"gaussian\"",
                "{\"kind\":\"gaussian\",\"value\":1,\"matching\":\"sign-flip\"}",
                "{\"kind\":\"gaussian\",\"value\":-1}",
                "{\"kind\":\"random-signs\",\"value\":-1}",
                "{\"kind\":\"gaussian\",\"matching\":{\"kind\":\"gaussian\",\"value\":1}}",
                "{\"kind\":\"gaussian\",\"matching\":{\"kind\":\"sign-flip\",\"scope\":\"conv1\"}}"
            })
    void whatMeansNothingIsRefused(String written) {
        assertThatThrownBy(() -> Json.read(written.getBytes(UTF_8), Perturbation.class))
                .hasStackTraceContaining("IllegalArgumentException");
    }

    /** Change these and old runs are lost. */
    @Test
    void idsOfRandomPerturbationsArePinned() {
        RunSpec base = Examples.base();
        Perturbation signs = new Perturbation(Perturbation.RANDOM_SIGNS, null, Perturbation.ALL, 1L, null);
        Perturbation gaussian =
                new Perturbation(Perturbation.GAUSSIAN, null, Perturbation.ALL, 1L, Perturbation.signFlip());

        assertThat(base.perturbed(signs).id().value()).isEqualTo("r31360ea9c578a61422fb");
        assertThat(base.perturbed(gaussian).id().value()).isEqualTo("ra2f2d3b44bedbb0e0de0");
    }

    @Test
    void labelsNameWhatWasDone() {
        assertThat(Perturbation.epsilon(1e-6).label()).isEqualTo("epsilon 1.0E-6");
        assertThat(new Perturbation(Perturbation.GAUSSIAN, null, Perturbation.LIVE, 2L, flipOn(Perturbation.LIVE))
                        .label())
                .isEqualTo("gaussian like sign-flip on live #2");
    }

    @Test
    void labelsTellSizesApartThatWereTakenFromOtherSeeds() {
        assertThat(likeSigns(1, 1)).isEqualTo("gaussian like random-signs 0.01");
        assertThat(likeSigns(1, 3)).isEqualTo("gaussian like random-signs 0.01 #3");
        assertThat(likeSigns(3, 1)).isEqualTo("gaussian like (random-signs 0.01 #3)");
    }

    private static String likeSigns(long signs, long gaussian) {
        Perturbation matched = new Perturbation(Perturbation.RANDOM_SIGNS, 0.01, Perturbation.ALL, signs, null);
        return new Perturbation(Perturbation.GAUSSIAN, null, Perturbation.ALL, gaussian, matched).label();
    }

    private static Perturbation flipOn(String scope) {
        return new Perturbation(Perturbation.SIGN_FLIP, null, scope, null, null);
    }
}
