package io.thetascope.measures.movement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.ChangeMeasures;
import io.thetascope.contracts.analysis.GroupMovement;
import io.thetascope.contracts.analysis.LayerMovement;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.measures.Arrays32;
import io.thetascope.measures.Bits;
import io.thetascope.measures.Evidence;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterKind;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every figure of version 3 against plain loops over the whole network, written another way. */
class MovementFiguresTest {
    private static final NetworkDescription LENET = Networks.named("lenet", new InputShape(1, 32, 32));
    private static final NetworkDescription RESNET = Networks.named("resnet18", new InputShape(3, 32, 32));
    private static final double RELATIVE = 1e-12;

    private final Map<Parameter, byte[]> deadTaps = new HashMap<>();
    private final Arrays32 start = Arrays32.random(LENET, 1, 0.2);
    private final Arrays32 before = start.plus(LENET, Arrays32.random(LENET, 2, 1e-3));
    private final Arrays32 from = before.plus(LENET, Arrays32.random(LENET, 3, 1e-3));
    private final Arrays32 to = from.plus(LENET, Arrays32.random(LENET, 4, 1e-2));

    private MovementResult measured() {
        return Movement.measure(LENET, new Step(10), new Step(20), start, before, from, to, null);
    }

    private static double dot(Arrays32 a1, Arrays32 a0, Arrays32 b1, Arrays32 b0, Predicate<Parameter> which) {
        double sum = 0;
        for (Parameter p : LENET.parameters()) {
            for (int i = 0; which.test(p) && i < p.size(); i++) {
                sum += ((double) a1.tensor(p)[i] - a0.tensor(p)[i]) * ((double) b1.tensor(p)[i] - b0.tensor(p)[i]);
            }
        }
        return sum;
    }

    @Test
    void cosineOfSuccessiveDisplacementsIsThatOfPlainLoops() {
        double expected = dot(to, from, from, before, p -> true)
                / Math.sqrt(dot(to, from, to, from, p -> true) * dot(from, before, from, before, p -> true));

        assertThat(measured().cosineToPrevious()).isCloseTo(expected, within(1e-12));
        assertThat(Movement.measure(LENET, new Step(10), new Step(20), start, null, from, to, null)
                        .cosineToPrevious())
                .isNull();
    }

    @Test
    void kindsAddUpToTheWholeAndTheirDistancesAreThoseOfPlainLoops() {
        MovementResult result = measured();

        assertThat(result.kinds()).extracting(GroupMovement::name).containsExactly("weight", "bias");
        assertThat(result.kinds().stream().mapToLong(GroupMovement::parameters).sum())
                .isEqualTo(61_706);
        Predicate<Parameter> biases = p -> p.kind() == ParameterKind.BIAS;
        GroupMovement bias = result.kinds().get(1);
        assertThat(bias.distance()).isCloseTo(Math.sqrt(dot(to, from, to, from, biases)), within(1e-12));
        assertThat(bias.distanceFromStart()).isCloseTo(Math.sqrt(dot(to, start, to, start, biases)), within(1e-12));
        assertThat(bias.rmsFromStart())
                .isCloseTo(Math.sqrt(dot(to, start, to, start, biases) / bias.parameters()), within(1e-12));
        assertThat(result.rmsFromStart())
                .isCloseTo(Math.sqrt(dot(to, start, to, start, p -> true) / 61_706), within(RELATIVE));
    }

    @Test
    void networkWithoutDeadTapsIsAllLive() {
        GroupMovement live = Objects.requireNonNull(measured().live());

        assertThat(live.parameters()).isEqualTo(61_706);
        assertThat(live.distance()).isEqualTo(measured().distance());
        assertThat(live.changed()).isEqualTo(measured().changed());
    }

    @Test
    void liveAloneLeavesOutWhatIsGeometryDead() {
        // Given every live value moves by 1 and every geometry-dead one by 3, from 2
        Arrays32 two = Arrays32.of(RESNET, (p, i) -> 2);
        Arrays32 moved = Arrays32.of(RESNET, (p, i) -> dead(p, i) ? 5 : 3);

        // When
        MovementResult result = Movement.measure(RESNET, Step.START, new Step(9), two, null, two, moved, null);

        // Then MEASURES §2: 6,946,816 of 11,181,642 are geometry-dead
        GroupMovement live = Objects.requireNonNull(result.live());
        assertThat(live.parameters()).isEqualTo(11_181_642 - 6_946_816);
        assertThat(live.distance()).isCloseTo(Math.sqrt(11_181_642 - 6_946_816), within(1e-9));
        assertThat(live.norm()).isCloseTo(3 * Math.sqrt(11_181_642 - 6_946_816), within(1e-9));
        assertThat(result.distance()).isCloseTo(Math.sqrt(11_181_642 - 6_946_816 + 9.0 * 6_946_816), within(1e-9));
    }

    private boolean dead(Parameter parameter, int index) {
        byte[] bits =
                deadTaps.computeIfAbsent(parameter, p -> RESNET.deadTaps(p).bits());
        return (bits[index / 8 % bits.length] >> index % 8 & 1) == 1;
    }

    @Test
    void relativeChangeIsThatOfExactArithmetic() {
        // Given half of the values far below the size of their tensor, where that is the base
        Arrays32 uneven = Arrays32.of(LENET, (p, i) -> i % 2 == 0 ? 1e-9 * i : start.tensor(p)[i]);
        MovementResult result = Movement.measure(LENET, Step.START, new Step(9), uneven, null, uneven, to, null);

        LayerMovement conv = result.layers().get(0);
        Parameter parameter = LENET.parameters().get(0);
        float[] from0 = uneven.tensor(parameter);
        double squares = 0;
        for (float value : from0) {
            squares += (double) value * value;
        }
        double rms = Math.sqrt(squares / from0.length);
        for (Map.Entry<String, Double> share :
                Objects.requireNonNull(conv.change()).relative().entrySet()) {
            long above = 0;
            for (int i = 0; i < from0.length; i++) {
                BigDecimal change = new BigDecimal(to.tensor(parameter)[i])
                        .subtract(new BigDecimal(from0[i]))
                        .abs();
                BigDecimal base = new BigDecimal(Math.max(Math.abs((double) from0[i]), rms));
                above += change.compareTo(base.multiply(new BigDecimal(share.getKey()))) > 0 ? 1 : 0;
            }
            assertThat(share.getValue()).as(share.getKey()).isEqualTo((double) above / from0.length);
        }
        assertThat(conv.change().relative()).containsOnlyKeys("1e-6", "1e-4", "1e-3", "1e-2", "1e-1");
    }

    @Test
    void freshBiasesHaveNoRelativeChangeAndDoNotCountInTheWhole() {
        Arrays32 fresh = Arrays32.of(LENET, (p, i) -> p.kind() == ParameterKind.BIAS ? 0 : 1);
        Arrays32 moved = Arrays32.of(LENET, (p, i) -> p.kind() == ParameterKind.BIAS ? 9 : i == 0 ? 2 : 1);

        MovementResult result = Movement.measure(LENET, Step.START, new Step(9), fresh, null, fresh, moved, null);

        assertThat(Objects.requireNonNull(result.layers().get(1).change()).relative())
                .isEmpty();
        assertThat(result.kinds().get(1).change().relative()).isEmpty();
        // five weight tensors with one changed value each
        long weights = result.kinds().get(0).parameters();
        assertThat(Objects.requireNonNull(result.change()).relative()).containsEntry("1e-1", 5.0 / weights);
    }

    @Test
    void unitsInTheLastPlaceAreCountedAcrossZeroAndPowersOfTwo() {
        // Given value i starts near 0, 1 or −1 and moves up by i − 20 units
        Arrays32 origin = Arrays32.of(LENET, (p, i) -> switch (i % 3) {
            case 0 -> 0;
            case 1 -> Math.nextDown(1f);
            default -> -1;
        });
        Arrays32 moved = Arrays32.of(LENET, (p, i) -> up(origin.tensor(p)[i], i % 41 - 20));

        ChangeMeasures change = Objects.requireNonNull(
                Movement.measure(LENET, Step.START, new Step(9), origin, null, origin, moved, null)
                        .layers()
                        .get(0)
                        .change());

        for (String key : new String[] {"0", "1", "16", "256"}) {
            long above = 0;
            for (int i = 0; i < 150; i++) {
                above += Math.abs(i % 41 - 20) > Integer.parseInt(key) ? 1 : 0;
            }
            assertThat(change.ulps()).containsEntry(key, above / 150.0);
        }
    }

    private static float up(float value, int units) {
        float moved = value;
        for (int i = 0; i < Math.abs(units); i++) {
            moved = units > 0 ? Math.nextUp(moved) : Math.nextDown(moved);
        }
        return moved;
    }

    @Test
    void signChangesNeedBothSides() {
        Arrays32 origin = Arrays32.of(LENET, (p, i) -> i % 4 == 0 ? 0 : -1e-30);
        Arrays32 moved = Arrays32.of(LENET, (p, i) -> i % 2 == 0 ? 1e-30 : -1);

        MovementResult result = Movement.measure(LENET, Step.START, new Step(9), origin, null, origin, moved, null);

        // of every four values 0 leaves 0, 1 and 3 stay negative, 2 turns
        assertThat(Objects.requireNonNull(result.layers().get(0).change()).signs())
                .isCloseTo(37 / 150.0, within(RELATIVE));
    }

    @Test
    void checkpointThatEqualsTheOneBeforeIsRefusedUnlessNothingEverChanged() {
        assertThatThrownBy(() -> measure(from, null))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("steps 10 and 20");
        assertThatThrownBy(() -> measure(from, Bits.of(LENET, (bit, p, i) -> true)))
                .isInstanceOf(NotMeasurableException.class);

        Bits absorbed = Bits.of(LENET, (bit, p, i) -> bit == Evidence.Bit.GRADIENT_SEEN);
        MovementResult result = Movement.measure(LENET, Step.START, new Step(20), start, null, start, start, absorbed);

        assertThat(result.distance()).isZero();
        assertThat(Objects.requireNonNull(result.attribution()).absorbed()).isEqualTo(61_706);
    }

    private MovementResult measure(Arrays32 same, @Nullable Evidence evidence) {
        return Movement.measure(LENET, new Step(10), new Step(20), start, before, same, same, evidence);
    }
}
