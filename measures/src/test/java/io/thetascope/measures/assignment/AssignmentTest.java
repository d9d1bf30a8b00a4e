package io.thetascope.measures.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    @Test
    void findsTheLargestSumThatTryingEverythingFinds() {
        Random random = new Random(5);
        for (int trial = 0; trial < 300; trial++) {
            int rows = 1 + random.nextInt(5);
            int columns = rows + random.nextInt(3);
            // few different values, so that there are ties
            double scale = trial % 2 == 0 ? 3 : 1000;
            double[] values = random.doubles((long) rows * columns)
                    .map(v -> Math.rint(v * scale) - 2)
                    .toArray();

            int[] columnOfRow = Assignment.maximize(values, rows, columns);

            assertThat(IntStream.of(columnOfRow).distinct().count()).isEqualTo(rows);
            assertThat(sum(values, columns, columnOfRow))
                    .isCloseTo(best(values, rows, columns, 0, new boolean[columns]), within(1e-12));
        }
    }

    @Test
    void undoesAPermutationOfManyUnits() {
        int units = 400;
        Random random = new Random(7);
        int[] permutation = IntStream.range(0, units).toArray();
        for (int i = units - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = permutation[i];
            permutation[i] = permutation[j];
            permutation[j] = kept;
        }
        double[] values = random.doubles((long) units * units).toArray();
        for (int row = 0; row < units; row++) {
            values[row * units + permutation[row]] += 1;
        }

        assertThat(Assignment.maximize(values, units, units)).isEqualTo(permutation);
    }

    @Test
    void refusesMoreRowsThanColumnsAndValuesThatAreNotFinite() {
        assertThatThrownBy(() -> Assignment.maximize(new double[2], 2, 1)).hasMessageContaining("2, 1, 2");
        assertThatThrownBy(() -> Assignment.maximize(new double[] {1, Double.NaN}, 1, 2))
                .hasMessageContaining("column 1");
    }

    private static double sum(double[] values, int columns, int[] columnOfRow) {
        return IntStream.range(0, columnOfRow.length)
                .mapToDouble(row -> values[row * columns + columnOfRow[row]])
                .sum();
    }

    private static double best(double[] values, int rows, int columns, int row, boolean[] taken) {
        if (row == rows) {
            return 0;
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int column = 0; column < columns; column++) {
            if (!taken[column]) {
                taken[column] = true;
                best = Math.max(best, values[row * columns + column] + best(values, rows, columns, row + 1, taken));
                taken[column] = false;
            }
        }
        return best;
    }
}
