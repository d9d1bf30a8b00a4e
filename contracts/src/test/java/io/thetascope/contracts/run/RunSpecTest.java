package io.thetascope.contracts.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.event.Examples;
import io.thetascope.contracts.json.Json;
import org.junit.jupiter.api.Test;

class RunSpecTest {
    private final RunSpec base = Examples.base();

    @Test
    void canonicalJsonIsPinned() {
        // change this and old runs are lost
        assertThat(Json.canonical(base))
                .isEqualTo(
                        "{\"batch\":128,\"checkpoints\":{\"everyEpochs\":5,\"logSpaced\":false},\"dataset\":{\"digest\":\"039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81\",\"name\":\"fashion-mnist\",\"test\":2000,\"train\":4000,\"validation\":0},\"epochs\":20,\"evidence\":true,\"format\":1,\"initialization\":{\"kind\":\"kaiming-uniform\"},\"input\":{\"channels\":1,\"height\":32,\"width\":32},\"network\":\"lenet\",\"optimizer\":{\"kind\":\"sgd\",\"learningRate\":0.01,\"momentum\":0.9,\"warmupEpochs\":0,\"weightDecay\":0},\"seeds\":{\"dropout\":763246666981999,\"init\":8546338228026332,\"order\":2249858169521442},\"threads\":1}");
    }

    @Test
    void idsArePinned() {
        // change these and old runs are lost
        assertThat(base.id().value()).isEqualTo("r219075fe488c8413d5d7");
        assertThat(base.perturbed(Perturbation.signFlip()).id().value()).isEqualTo("rd1d4a43b606ade8fcd95");
        assertThat(base.perturbed(Perturbation.epsilon(1e-6)).id().value()).isEqualTo("r39adde6bf7a2305c1b94");
        assertThat(base.twin(new Twin(Twin.SAME_SEED, 0)).id().value()).isEqualTo("r0f19806b441ea883db37");
        assertThat(base.twin(new Twin(Twin.NEW_SEED, 1)).id().value()).isEqualTo("r3c3c1fac65ce90cc262b");
    }

    @Test
    void childAndSameSeedTwinShareTheirSeedsAndTheNewSeedTwinDoesNot() {
        Seeds child = base.perturbed(Perturbation.signFlip()).seeds();
        assertThat(base.twin(new Twin(Twin.SAME_SEED, 0)).seeds()).isEqualTo(child);
        assertThat(base.twin(new Twin(Twin.NEW_SEED, 1)).seeds()).isNotEqualTo(child);
        assertThat(child.init()).isZero();
        assertThat(child.order()).isNotEqualTo(base.seeds().order());
    }

    @Test
    void aSpecComesBackFromItsJson() {
        RunSpec child = base.perturbed(Perturbation.epsilon(1e-6));
        assertThat(Json.read(Json.bytes(child), RunSpec.class)).isEqualTo(child);
        assertThat(Json.read(Json.bytes(child), RunSpec.class).id()).isEqualTo(child.id());
    }

    @Test
    void aRetrainedRunIsNotRetrainedAgain() {
        RunSpec child = base.perturbed(Perturbation.signFlip());
        assertThatThrownBy(() -> child.perturbed(Perturbation.signFlip())).isInstanceOf(IllegalStateException.class);
    }
}
