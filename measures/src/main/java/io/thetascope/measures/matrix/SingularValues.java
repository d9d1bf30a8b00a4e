package io.thetascope.measures.matrix;

import io.thetascope.measures.NotMeasurableException;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** Singular values, without their vectors. */
public final class SingularValues {
    private SingularValues() {}

    /**
     * Decomposes a matrix, after dividing it by its largest absolute value, so that no square leaves the range of a double.
     *
     * @param rows of equal length, finite; left as they are
     * @return as many as the shorter side has, ascending
     */
    public static double[] of(double[][] rows) {
        double largest = 0;
        for (double[] row : rows) {
            for (double value : row) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        int columns = rows[0].length;
        if (largest == 0) {
            return new double[Math.min(rows.length, columns)];
        }
        double[] values = decompose(rows, columns, largest);
        for (int i = 0; i < values.length; i++) {
            values[i] *= largest;
        }
        Arrays.sort(values);
        return values;
    }

    private static double[] decompose(double[][] rows, int columns, double divisor) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows.length, columns);
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.data[row * columns + column] = rows[row][column] / divisor;
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> decomposition =
                DecompositionFactory_DDRM.svd(rows.length, columns, false, false, true);
        if (!decomposition.decompose(matrix)) {
            throw new NotMeasurableException("the singular values of a " + rows.length + " x " + columns
                    + " matrix of features did not converge; measure another checkpoint");
        }
        return Arrays.copyOf(decomposition.getSingularValues(), decomposition.numberOfSingularValues());
    }
}
