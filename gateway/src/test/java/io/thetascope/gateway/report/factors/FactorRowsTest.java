package io.thetascope.gateway.report.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.SyntheticRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FactorRowsTest {
    @Test
    void findsTheShareThatWasPutIn() {
        // Given accuracy 0.8 + 0.1 for adam, ± 0.01 and 0 by seed, whatever the initialisation
        List<FactorRow> rows = FactorRows.of(grid(3, row -> row), Map.of());

        // Then SS of the optimizer 12·0.05², within 4·2·0.01² on 8 degrees of freedom
        FactorRow accuracy = row(rows, FactorMeasure.ACCURACY);
        assertThat(accuracy.refused()).isNull();
        assertThat(accuracy.factors()).containsExactly("initialization", "optimizer");
        assertThat(accuracy.n()).isEqualTo(12);
        assertThat(accuracy.effects())
                .extracting(effect -> effect.name())
                .containsExactly("initialization", "optimizer", "initialization × optimizer");
        assertThat(accuracy.effects().get(1).sumOfSquares()).isCloseTo(0.03, within(1e-12));
        assertThat(accuracy.effects().get(1).omegaSquared()).isCloseTo((0.03 - 1e-4) / (0.0308 + 1e-4), within(1e-9));
        assertThat(accuracy.effects().get(0).omegaSquared()).isNegative();
    }

    @Test
    void dividesTheDistanceByTheStart() {
        FactorRow distance = row(FactorRows.of(grid(3, row -> row), Map.of()), FactorMeasure.RELATIVE_DISTANCE);

        // 2 of 20 for sgd, 4 for adam, ± 0.02: SS 12·0.05² of the quotient
        assertThat(distance.effects().get(1).sumOfSquares()).isCloseTo(0.03, within(1e-12));
    }

    @Test
    void refusesAMeasureThatIsNotKnownOfEveryRunAndNamesTheRun() {
        List<FactorRow> rows = FactorRows.of(grid(3, row -> row), Map.of());

        assertThat(row(rows, FactorMeasure.CHANGED).refused())
                .startsWith("not known of 12 of 12 runs: kaiming-uniform, sgd, seed 1 (finished); ");
    }

    @Test
    void refusesRunsBelowTheGateByNameAndASingleSeed() {
        List<FactorRow> stuck =
                FactorRows.of(grid(3, row -> row.set("gate", 0.95).set("gateMet", false)), Map.of());
        List<FactorRow> single = FactorRows.of(grid(1, row -> row), Map.of());

        assertThat(row(stuck, FactorMeasure.ACCURACY).refused())
                .startsWith("the accuracy gate is not met by kaiming-uniform, sgd; ");
        assertThat(row(stuck, FactorMeasure.ACCURACY).effects()).isEmpty();
        assertThat(row(single, FactorMeasure.ACCURACY).refused()).startsWith("no residual degrees of freedom");
    }

    @Test
    void asksNothingWhereNoFactorVariesAndLooksAtDataSetsApart() {
        List<RunRow> two = new ArrayList<>(grid(3, row -> row));
        two.add(SyntheticRow.base(99)
                .set("dataset", "cifar10")
                .set("accuracy", 0.5)
                .row());

        assertThat(FactorRows.of(two, Map.of()))
                .extracting(FactorRow::dataset)
                .containsOnly("mnist")
                .hasSize(FactorMeasure.values().length);
    }

    private static List<RunRow> grid(int seeds, UnaryOperator<SyntheticRow> change) {
        List<RunRow> rows = new ArrayList<>();
        for (String initialization : List.of("kaiming-uniform", "kaiming-normal")) {
            for (String optimizer : List.of("sgd", "adam")) {
                for (int seed = 1; seed <= seeds; seed++) {
                    double shift = (optimizer.equals("adam") ? 0.1 : 0) + 0.01 * (seed - 2);
                    rows.add(change.apply(SyntheticRow.base(rows.size() + 1)
                                    .set("initialization", initialization)
                                    .set("optimizer", optimizer)
                                    .set("seed", seed)
                                    .set("accuracy", 0.8 + shift)
                                    .set("startNorm", 20)
                                    .set("distanceFromStart", 2 + 20 * shift))
                            .row());
                }
            }
        }
        return rows;
    }

    private static FactorRow row(List<FactorRow> rows, FactorMeasure measure) {
        return rows.stream().filter(row -> row.measure() == measure).findFirst().orElseThrow();
    }
}
