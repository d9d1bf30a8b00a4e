package io.thetascope.measures.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.OrderResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.CheckpointSchedule;
import io.thetascope.contracts.run.TrainingSchedule;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.RandomFeatures;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LearningOrderTest {
    private static final int N = 300;
    private static final int P = 8;

    /** Steps 0, 10, 20 and 30. */
    private static final TrainingSchedule THREE_EPOCHS =
            new TrainingSchedule(100, 10, 3, new CheckpointSchedule(1, false));

    /**
     * Blocks that become what they are at a step: noise before, the end's features from it on. The block
     * "dead" never says anything, "still" never changes.
     */
    private static class Course implements LearningOrder.Snapshots {
        private final List<List<@Nullable Double>> recallTC;
        private int asked;

        Course(List<List<@Nullable Double>> recallTC) {
            this.recallTC = recallTC;
        }

        @Override
        public int images() {
            return N;
        }

        @Override
        public float[] blockNP(String block, Step step) {
            float[] end = RandomFeatures.gaussian(N * P, 1);
            if (block.equals("dead")) {
                return new float[N * P];
            }
            if (block.equals("still") || step.value() >= Long.parseLong(block)) {
                return end;
            }
            return RandomFeatures.gaussian(N * P, 100 + step.value());
        }

        @Override
        public List<@Nullable Double> recall(Step step) {
            return recallTC.get(asked++ % recallTC.size());
        }
    }

    private static final List<List<@Nullable Double>> RECALLS = List.of(
            Arrays.asList(1.0, null, 0.0, 0.3, 0.0),
            Arrays.asList(0.2, null, 0.4, 0.3, 0.0),
            Arrays.asList(0.5, null, 0.39, 0.6, 0.0),
            Arrays.asList(0.9, null, 0.8, 0.6, 0.0));

    @Test
    void findsWhenABlockHadComeHalfTheWay() {
        // When
        LearningOrder order =
                LearningOrder.measure(THREE_EPOCHS, List.of("20", "10", "30", "still", "dead"), new Course(RECALLS));

        // Then
        OrderResult summary = order.summary();
        assertThat(summary.steps()).containsExactly(new Step(0), new Step(10), new Step(20), new Step(30));
        assertThat(summary.epochs()).containsExactly(0.0, 1.0, 2.0, 3.0);
        assertThat(summary.images()).isEqualTo(N);
        assertThat(summary.blocks())
                .extracting(OrderResult.BlockOrder::halfStep)
                .containsExactly(new Step(20), new Step(10), new Step(30), null, null);
        assertThat(summary.blocks().get(0).halfEpoch()).isEqualTo(2.0);
        assertThat(summary.blocks().get(0).units()).isEqualTo(P);
        assertThat(summary.blocks().get(4).ckaToEnd()).containsExactly(null, null, null, null);
        assertThat(summary.distinctHalves()).isEqualTo(3);
        assertThat(order.timeByTime().keySet()).containsExactly("20", "10", "30", "still", "dead");
        assertThat(order.timeByTime().get("dead"))
                .allSatisfy(row -> assertThat(row).hasSize(4).allMatch(cka -> cka.isNaN()));
        assertThat(order.timeByTime().get("still"))
                .allSatisfy(row ->
                        assertThat(row).allSatisfy(cka -> assertThat(cka).isCloseTo(1, within(1e-12))));
        List<List<Double>> twenty = Objects.requireNonNull(order.timeByTime().get("20"));
        assertThat(twenty.get(2).get(3)).isCloseTo(1, within(1e-12));
        assertThat(twenty.get(0).get(3)).isBetween(-0.1, 0.1);
        assertThat(twenty.get(0).get(1)).isEqualTo(twenty.get(1).get(0)).isNotEqualTo(1);
        assertThat(summary.blocks().get(0).ckaToEnd()).isEqualTo(twenty.get(3));
    }

    @Test
    void readsOneCheckpointOfABlockAtATime() {
        // Given outputs that lie in the same array, one after the other
        float[] outputNP = new float[N * P];
        Course reusing = new Course(RECALLS) {
            @Override
            public float[] blockNP(String block, Step step) {
                System.arraycopy(super.blockNP(block, step), 0, outputNP, 0, outputNP.length);
                return outputNP;
            }
        };

        // When
        LearningOrder order = LearningOrder.measure(THREE_EPOCHS, List.of("20"), reusing);

        // Then
        assertThat(order.timeByTime())
                .isEqualTo(LearningOrder.measure(THREE_EPOCHS, List.of("20"), new Course(RECALLS))
                        .timeByTime());
    }

    @Test
    void findsFromWhereOnAClassStaysLearned() {
        // When
        OrderResult summary = LearningOrder.measure(THREE_EPOCHS, List.of("10"), new Course(RECALLS))
                .summary();

        // Then class 0 starts high and falls; 2 falls below half once; 3 has half of it from the start; 4 is never
        // learned
        assertThat(summary.classes()).extracting(OrderResult.ClassOnset::label).containsExactly(0, 2, 3, 4);
        assertThat(summary.classes())
                .extracting(OrderResult.ClassOnset::onsetStep)
                .containsExactly(new Step(20), new Step(30), new Step(0), null);
        assertThat(summary.classes().get(1).onsetEpoch()).isEqualTo(3.0);
        assertThat(summary.classes().get(1).recall()).containsExactly(0.0, 0.4, 0.39, 0.8);
        assertThat(summary.distinctOnsets()).isEqualTo(3);
        assertThat(summary.tooCoarse()).isNull();
    }

    @Test
    void halfTheWayIsMeasuredFromWhereTheBlockBegan() {
        assertThat(BlockTrajectory.half(new double[] {0.2, 0.59, 0.61, 1}))
                .isEqualTo(2); // half the way from 0.2 is 0.6
        assertThat(BlockTrajectory.half(new double[] {-0.2, 0.41, 0.3, 1})).isEqualTo(1);
        assertThat(BlockTrajectory.half(new double[] {1, 1, 1})).isEqualTo(-1);
        assertThat(BlockTrajectory.half(new double[] {1 - 1e-15, 1, 1})).isEqualTo(-1);
        assertThat(BlockTrajectory.half(new double[] {Double.NaN, 0.4, 1})).isEqualTo(-1);
        assertThat(BlockTrajectory.half(new double[] {0, Double.NaN, 1})).isEqualTo(2);
    }

    @Test
    void countsCheckpointsWithinAnEpochAsFractions() {
        // Given steps 0, 1, 2, 4, 8, 10
        TrainingSchedule fine = new TrainingSchedule(100, 10, 1, new CheckpointSchedule(1, true));

        // When
        OrderResult summary = LearningOrder.measure(fine, List.of(), new Course(List.of(Arrays.asList(0.5))))
                .summary();

        // Then
        assertThat(summary.epochs()).containsExactly(0.0, 0.1, 0.2, 0.4, 0.8, 1.0);
    }

    @Test
    void saysWhatIsTiedAndWhichScheduleWouldTell() {
        // Given three blocks and three classes that all come at the first checkpoint after the start, but for one class
        List<List<@Nullable Double>> recalls = List.of(
                Arrays.asList(0.0, 0.0, 0.0),
                Arrays.asList(0.8, 0.8, 0.1),
                Arrays.asList(0.9, 0.9, 0.9),
                Arrays.asList(0.9, 0.9, 0.9));

        // When
        OrderResult summary = LearningOrder.measure(THREE_EPOCHS, List.of("10", "7", "8"), new Course(recalls))
                .summary();

        // Then
        assertThat(summary.distinctOnsets()).isEqualTo(2);
        assertThat(summary.distinctHalves()).isEqualTo(1);
        assertThat(summary.tooCoarse())
                .isEqualTo(
                        "the checkpoints are too coarse: onset of 3 classes falls on 2 of them (at step 10: 0, 1; at step"
                                + " 20: 2), and t1/2 of 3 blocks falls on 1 of them (at step 10: 10, 7, 8); train with"
                                + " checkpoints: {everyEpochs: 1, logSpaced: true}");
    }

    @Test
    void asksForNoOrderOfTwo() {
        // Given two classes and two blocks
        OrderResult summary = LearningOrder.measure(
                        THREE_EPOCHS, List.of("10", "9"), new Course(List.of(Arrays.asList(0.5, 0.5))))
                .summary();

        // Then
        assertThat(summary.tooCoarse()).isNull();
    }

    @Test
    void advisesNoScheduleToARunThatHasTheFinest() {
        // Given
        TrainingSchedule finest = new TrainingSchedule(100, 10, 1, new CheckpointSchedule(1, true));

        // When
        OrderResult summary = LearningOrder.measure(finest, List.of("1", "1", "1"), new Course(RECALLS.subList(0, 1)))
                .summary();

        // Then
        assertThat(summary.tooCoarse()).contains("no schedule is finer").doesNotContain("everyEpochs");
    }

    @Test
    void refusesOutputsThatAreNotFinite() {
        LearningOrder.Snapshots broken = new LearningOrder.Snapshots() {
            @Override
            public int images() {
                return 4;
            }

            @Override
            public float[] blockNP(String block, Step step) {
                return new float[] {1, 2, 3, step.value() == 20 ? Float.POSITIVE_INFINITY : 5};
            }

            @Override
            public List<@Nullable Double> recall(Step step) {
                return List.of(0.5);
            }
        };
        assertThatThrownBy(() -> LearningOrder.measure(THREE_EPOCHS, List.of("layer1"), broken))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("block layer1 at step 20 are not finite");
    }
}
