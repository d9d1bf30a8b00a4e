package io.thetascope.measures.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.PathPoint;
import io.thetascope.contracts.analysis.RetrainingPathResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.measures.Arrays32;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.SmallResidual;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.ParameterKind;
import org.junit.jupiter.api.Test;

/** Oracles: closed forms, and signs that were planted. */
class RetrainingPathTest {
    private static final NetworkDescription LENET = Networks.named("lenet", new InputShape(1, 32, 32));
    private static final double ROOT = Math.sqrt(61_706);
    private static final double TOLERANCE = 1e-12 * ROOT;

    private static Arrays32 constant(double value) {
        return Arrays32.of(LENET, (p, i) -> value);
    }

    private static RetrainingPath flipped() {
        return new RetrainingPath(LENET, constant(2), constant(-2));
    }

    @Test
    void followsAFlipThatCreepsAwayFromWhereItWasPut() {
        // Given θ1 = 2, θp = −2
        RetrainingPath path = flipped();

        // When
        path.add(new Step(10), constant(-1.5));
        path.add(new Step(20), constant(0.5));

        // Then the closed forms, in units of √n
        RetrainingPathResult result = path.result();
        assertThat(result.parentNorm()).isCloseTo(2 * ROOT, within(TOLERANCE));
        assertThat(result.displaced()).isCloseTo(4 * ROOT, within(TOLERANCE));
        assertThat(result.points()).extracting(p -> p.step().value()).containsExactly(0L, 10L, 20L);
        assertPoint(result.points().get(0), 2, 4, 0, -1);
        assertPoint(result.points().get(1), 1.5, 3.5, 0.5, -1);
        assertPoint(result.points().get(2), 0.5, 1.5, 2.5, 1);
    }

    private static void assertPoint(PathPoint point, double norm, double toParent, double toStart, double cosine) {
        assertThat(point.norm()).isCloseTo(norm * ROOT, within(TOLERANCE));
        assertThat(point.distanceToParent()).isCloseTo(toParent * ROOT, within(TOLERANCE));
        assertThat(point.distanceToStart()).isCloseTo(toStart * ROOT, within(TOLERANCE));
        assertThat(point.cosineToParent()).isCloseTo(cosine, within(1e-12));
        assertThat(point.distanceToParentModuloSign()).isNull(); // LeNet has no BatchNorm
    }

    @Test
    void aTwinStartsWhereItsParentEnded() {
        // Given
        Arrays32 parent = constant(1);

        // When
        RetrainingPath path = new RetrainingPath(LENET, parent, constant(1));
        path.add(new Step(1), constant(1.25));

        // Then both distances are one
        assertThat(path.result().displaced()).isZero();
        assertPoint(path.result().points().get(0), 1, 0, 0, 1);
        assertPoint(path.result().points().get(1), 1.25, 0.25, 0.25, 1);
    }

    @Test
    void saysHowFarTheParentIsWithoutBatchNormsSigns() {
        // Given a retraining from −θ1 that ends as θ1 with some units turned
        Arrays32 parent = SmallResidual.model(1);
        RetrainingPath path = new RetrainingPath(SmallResidual.NETWORK, parent, SmallResidual.negated(parent));

        // When
        path.add(new Step(5), SmallResidual.turned(parent, (block, unit) -> unit % 2 == 1));

        // Then at the start β and the last layer are left, in the end nothing
        double left = SmallResidual.NETWORK.parameters().stream()
                .filter(p -> p.kind() == ParameterKind.NORM_BIAS || p.layer().equals("fc"))
                .mapToDouble(p -> squares(parent.tensor(p)))
                .sum();
        PathPoint start = path.result().points().get(0);
        PathPoint end = path.result().points().get(1);
        assertThat(start.distanceToParentModuloSign()).isCloseTo(2 * Math.sqrt(left), within(1e-12));
        assertThat(end.distanceToParentModuloSign()).isZero();
        assertThat(end.distanceToParent()).isGreaterThan(1);
    }

    private static double squares(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum;
    }

    @Test
    void stepsMustAscend() {
        // Given
        RetrainingPath path = flipped();
        path.add(new Step(3), constant(1));

        // Then
        for (long step : new long[] {0, 3}) {
            assertThatThrownBy(() -> path.add(new Step(step), constant(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("steps must ascend: " + step + " after 3");
        }
    }

    @Test
    void refusesValuesThatAreNotFinite() {
        RetrainingPath path = flipped();
        assertThatThrownBy(() -> path.add(new Step(3), constant(Double.NaN)))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("conv1.weight");
    }
}
