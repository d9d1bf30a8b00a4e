package io.thetascope.contracts.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.Twin;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StudySpecTest {
    @Test
    void whatIsNotWrittenHasTheDefaultsOfTheDesign() {
        StudySpec spec = read("{\"networks\":[\"lenet\"],\"datasets\":[\"mnist\"]}");
        assertThat(spec.epochs()).isEqualTo(20);
        assertThat(spec.inputSize()).isEqualTo(32);
        assertThat(spec.seeds()).containsExactly(1L);
        assertThat(spec.train()).isEqualTo(new TrainSettings(128, null, 0, 0.0, 1));
        assertThat(spec.checkpoints()).isEqualTo(new CheckpointSettings(5, false));
        assertThat(spec.evidence()).isTrue();
        assertThat(spec.gates()).containsEntry("cifar10", 0.5);
        assertThat(spec.twins()).containsExactly(TwinRequest.SAME_SEED, TwinRequest.NEW_SEED);
        assertThat(spec.comparisons()).isEqualTo("default");
    }

    @Test
    void partOfASectionKeepsTheDefaultsOfTheRest() {
        StudySpec spec = read("{\"train\":{\"limit\":400}}");
        assertThat(spec.train()).isEqualTo(new TrainSettings(128, 400, 0, 0.0, 1));
    }

    @Test
    void perturbationsAndTwinsAreNamesOrObjects() {
        StudySpec spec = read("{\"perturbations\":[\"sign-flip\",\"epsilon\",{\"kind\":\"epsilon\",\"value\":0.5}],"
                + "\"twins\":[{\"kind\":\"new-seed\",\"count\":2}]}");
        assertThat(spec.perturbations())
                .containsExactly(Perturbation.signFlip(), Perturbation.epsilon(1e-6), Perturbation.epsilon(0.5));
        assertThat(spec.twins().get(0).twins()).containsExactly(new Twin(Twin.NEW_SEED, 1), new Twin(Twin.NEW_SEED, 2));
    }

    @Test
    void aSpecComesBackFromItsJson() {
        StudySpec spec = read("{\"networks\":[\"lenet\"],\"perturbations\":[\"epsilon\"],\"test\":{\"limit\":9}}");
        assertThat(Json.read(Json.bytes(spec), StudySpec.class)).isEqualTo(spec);
    }

    /** A report quotes the spec: the same study must read the same from another process. */
    @Test
    void gatesAreWrittenInTheOrderOfTheirNames() {
        assertThat(read("{}").gates().keySet()).containsExactly("cifar10", "fashion-mnist", "mnist");
        assertThat(read("{\"gates\":{\"g\":1,\"b\":1,\"f\":1,\"a\":1,\"e\":1,\"c\":1,\"d\":1}}")
                        .gates()
                        .keySet())
                .containsExactly("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void numbersThatAreTextAreRefused() {
        assertThatThrownBy(() -> read("{\"perturbations\":[{\"kind\":\"epsilon\",\"value\":\"NaN\"}]}"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("must be a number");
    }

    private static StudySpec read(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), StudySpec.class);
    }
}
