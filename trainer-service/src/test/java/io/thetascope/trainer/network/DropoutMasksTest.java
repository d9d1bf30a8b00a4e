package io.thetascope.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.trainer.PyTorchFixture;
import org.junit.jupiter.api.Test;

class DropoutMasksTest {
    /** Oracle: the same formula written in NumPy. Change this and old runs with dropout are lost. */
    @Test
    void keepsTheElementsThatFollowFromSeedStepAndLayer() {
        for (JsonNode mask : PyTorchFixture.read("vgg19-dropout.json").get("masks")) {
            int units = mask.get("units").intValue();
            int batch = mask.get("batch").intValue();
            double probability = mask.get("probability").doubleValue();
            float[] factors = new DropoutMasks(mask.get("dropoutSeed").longValue())
                    .factors(mask.get("layer").textValue(), mask.get("step").longValue(), probability, batch * units);
            for (int i = 0; i < factors.length; i++) {
                boolean kept = mask.get("kept").get(i / units).get(i % units).intValue() == 1;
                assertThat(factors[i])
                        .as("element %d of %s", i, mask.get("layer"))
                        .isEqualTo(kept ? (float) (1 / (1 - probability)) : 0);
            }
        }
    }

    @Test
    void dropsOtherElementsAtAnotherStepLayerOrSeed() {
        float[] one = new DropoutMasks(5).factors("classifier.2", 3, 0.5, 256);
        assertThat(new DropoutMasks(5).factors("classifier.2", 3, 0.5, 256)).isEqualTo(one);
        assertThat(new DropoutMasks(5).factors("classifier.2", 4, 0.5, 256)).isNotEqualTo(one);
        assertThat(new DropoutMasks(5).factors("classifier.5", 3, 0.5, 256)).isNotEqualTo(one);
        assertThat(new DropoutMasks(6).factors("classifier.2", 3, 0.5, 256)).isNotEqualTo(one);
    }

    @Test
    void dropsAsOftenAsItsProbabilitySays() {
        float[] factors = new DropoutMasks(9).factors("d", 1, 0.3, 100_000);
        int dropped = 0;
        for (float factor : factors) {
            dropped += factor == 0 ? 1 : 0;
        }
        // expected 30,000, standard deviation 145
        assertThat(dropped).isBetween(29_300, 30_700);
    }
}
