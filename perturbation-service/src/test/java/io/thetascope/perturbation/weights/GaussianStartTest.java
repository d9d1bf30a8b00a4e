package io.thetascope.perturbation.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.thetascope.artifacts.safetensors.MalformedSafetensorsException;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.networks.Parameter;
import io.thetascope.perturbation.Examples;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GaussianStartTest {
    private static final double MILLIONTH_IN_PERCENT = 1e-4;

    private final RunSpec parent = Examples.base(1);

    @TempDir
    Path folder = Path.of("");

    @Test
    void displacementIsAsLongAsAskedFor() {
        Path parentFile = Examples.weights(parent, folder).path();
        for (double norm : new double[] {0.5, 40, 1000}) {
            Path child = start(new Perturbation(Perturbation.GAUSSIAN, norm, "all", 1L, null), parentFile);
            assertThat(distance(parentFile, child, "")).isCloseTo(norm, withinPercentage(MILLIONTH_IN_PERCENT));
        }
    }

    @Test
    void matchedDisplacementIsAsLongAsThatOfTheOtherChild() {
        Path parentFile = Examples.weights(parent, folder).path();
        for (Perturbation other : List.of(
                Perturbation.signFlip(),
                Perturbation.epsilon(0.1),
                new Perturbation(Perturbation.RANDOM_SIGNS, null, "all", 4L, null),
                new Perturbation(Perturbation.RANDOM_SIGNS, 0.05, "all", 4L, null))) {
            // Given the other child's own displacement, measured in its file
            double wanted = distance(parentFile, start(other, parentFile), "");
            // When
            Path child = start(new Perturbation(Perturbation.GAUSSIAN, null, "all", 1L, other), parentFile);
            // Then
            assertThat(distance(parentFile, child, ""))
                    .as(other.label())
                    .isCloseTo(wanted, withinPercentage(MILLIONTH_IN_PERCENT));
        }
    }

    @Test
    void matchedEpsilonCountsWhatRoundingLeavesOfIt() {
        // Given weights of 1, whose unit in the last place is 2^-23 upwards: ε of a third of it is absorbed wholly
        Path ones = constant(1f);
        Perturbation absorbed = Perturbation.epsilon(0x1.0p-23 / 3);
        // Then its norm is 0, not ε·√P
        Path child = start(new Perturbation(Perturbation.GAUSSIAN, null, "all", 1L, absorbed), ones);
        assertThat(distance(ones, child, "")).isZero();
    }

    @Test
    void scopeAloneIsDisplacedAndHasTheWholeNorm() {
        // Given
        Path parentFile = Examples.weights(parent, folder).path();
        Perturbation flip = new Perturbation(Perturbation.SIGN_FLIP, null, "conv2", null, null);
        double wanted = distance(parentFile, start(flip, parentFile), "conv2.");
        // When
        Path child = start(new Perturbation(Perturbation.GAUSSIAN, null, "conv2", 1L, flip), parentFile);
        // Then
        assertThat(wanted).isPositive();
        assertThat(distance(parentFile, child, "conv2.")).isCloseTo(wanted, withinPercentage(MILLIONTH_IN_PERCENT));
        assertThat(distance(parentFile, child, "")).isEqualTo(distance(parentFile, child, "conv2."));
        try (SafetensorsFile before = SafetensorsFile.open(parentFile);
                SafetensorsFile after = SafetensorsFile.open(child)) {
            for (Parameter parameter : Examples.LENET.parameters()) {
                if (!parameter.layer().equals("conv2")) {
                    assertThat(bits(after, parameter)).containsExactly(bits(before, parameter));
                }
            }
        }
    }

    @Test
    void directionIsThatOfTheNormalNumbersWhateverTheNorm() {
        // Oracle: from 0 the child is cz itself; its largest value over its norm is that of z, which does not know c
        Path zeros = constant(0f);
        Path little = start(new Perturbation(Perturbation.GAUSSIAN, 1.0, "all", 9L, null), zeros);
        Path large = start(new Perturbation(Perturbation.GAUSSIAN, 1024.0, "all", 9L, null), zeros);
        try (SafetensorsFile one = SafetensorsFile.open(little);
                SafetensorsFile other = SafetensorsFile.open(large)) {
            float[] small = one.readFloats(one.tensor("fc1.weight"));
            float[] big = other.readFloats(other.tensor("fc1.weight"));
            for (int i = 0; i < small.length; i++) {
                assertThat(big[i]).isEqualTo(small[i] * 1024);
            }
        }
    }

    @Test
    void weightsThatAreNoNumbersAreRefusedByName() {
        Path broken = constant(Float.NaN);
        Perturbation matching = new Perturbation(Perturbation.GAUSSIAN, null, "all", 1L, Perturbation.signFlip());
        assertThatThrownBy(() -> start(matching, broken))
                .isInstanceOf(MalformedSafetensorsException.class)
                .hasMessageContaining("a displacement over all has no length: NaN");
    }

    private Path start(Perturbation perturbation, Path parentFile) {
        RunSpec child = parent.perturbed(perturbation);
        ChildPlan.Possible plan = (ChildPlan.Possible) ChildPlan.of(child, parent);
        return StartingPoint.write(parentFile, child.id(), plan, folder.resolve("child-" + child.id() + ".safetensors"))
                .path();
    }

    private Path constant(float value) {
        List<TensorSpec> tensors = Examples.LENET.parameters().stream()
                .map(p -> TensorSpec.f32(p.name(), p.shape().extents()))
                .toList();
        Path file = folder.resolve("constant.safetensors");
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, Map.of(), tensors)) {
            for (TensorSpec tensor : tensors) {
                float[] values = new float[(int) tensor.elements()];
                Arrays.fill(values, value);
                writer.writeFloats(tensor.name(), values);
            }
            return writer.finish().path();
        }
    }

    /** Oracle of every length: whole tensors in memory, those whose names begin so. */
    private static double distance(Path one, Path other, String names) {
        double squares = 0;
        try (SafetensorsFile a = SafetensorsFile.open(one);
                SafetensorsFile b = SafetensorsFile.open(other)) {
            for (Parameter parameter : Examples.LENET.parameters()) {
                if (parameter.name().startsWith(names)) {
                    float[] left = a.readFloats(a.tensor(parameter.name()));
                    float[] right = b.readFloats(b.tensor(parameter.name()));
                    for (int i = 0; i < left.length; i++) {
                        squares += Math.pow((double) right[i] - left[i], 2);
                    }
                }
            }
        }
        return Math.sqrt(squares);
    }

    private static int[] bits(SafetensorsFile file, Parameter parameter) {
        float[] values = file.readFloats(file.tensor(parameter.name()));
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
