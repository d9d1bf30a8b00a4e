package io.thetascope.measures.factors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.qr.QRColPivDecompositionHouseholderColumn_DDRM;

/** An intercept and terms, fitted by least squares through an orthogonal decomposition that shows the rank. */
// N observations, K columns of the design
final class LinearModel {
    private static final double RANK_THRESHOLD = 1e-9; // the columns hold −1, 0 and 1

    private final int columns;
    private final int rank;
    private final double residualSumOfSquares;

    private LinearModel(int columns, int rank, double residualSumOfSquares) {
        this.columns = columns;
        this.rank = rank;
        this.residualSumOfSquares = residualSumOfSquares;
    }

    static LinearModel fit(List<Observation> observations, List<Term> terms) {
        List<double[]> designKN = design(observations, terms);
        int n = observations.size();
        int columns = designKN.size();
        DMatrixRMaj designNK = new DMatrixRMaj(n, columns);
        for (int k = 0; k < columns; k++) {
            for (int i = 0; i < n; i++) {
                designNK.set(i, k, designKN.get(k)[i]);
            }
        }
        var decomposition = new QRColPivDecompositionHouseholderColumn_DDRM();
        decomposition.setSingularThreshold(RANK_THRESHOLD);
        decomposition.decompose(designNK);
        DMatrixRMaj rotated = new DMatrixRMaj(n, 1);
        CommonOps_DDRM.multTransA(decomposition.getQ(null, false), centred(observations), rotated);
        int rank = decomposition.getRank();
        double sum = 0;
        for (int i = rank; i < n; i++) {
            sum += rotated.data[i] * rotated.data[i];
        }
        return new LinearModel(columns, rank, sum);
    }

    private static DMatrixRMaj centred(List<Observation> observations) {
        double mean =
                observations.stream().mapToDouble(Observation::value).average().orElseThrow();
        return new DMatrixRMaj(
                observations.size(),
                1,
                true,
                observations.stream().mapToDouble(o -> o.value() - mean).toArray());
    }

    private static List<double[]> design(List<Observation> observations, List<Term> terms) {
        double[] intercept = new double[observations.size()];
        Arrays.fill(intercept, 1);
        List<double[]> columns = new ArrayList<>(List.of(intercept));
        for (Term term : terms) {
            List<double[]> product = List.of(intercept);
            for (int factor : term.factors()) {
                product = products(product, contrasts(observations, factor));
            }
            columns.addAll(product);
        }
        return columns;
    }

    private static List<double[]> products(List<double[]> left, List<double[]> right) {
        List<double[]> all = new ArrayList<>();
        for (double[] one : left) {
            for (double[] other : right) {
                double[] column = new double[one.length];
                for (int i = 0; i < column.length; i++) {
                    column[i] = one[i] * other[i];
                }
                all.add(column);
            }
        }
        return all;
    }

    /** Each level but the last against the mean of all. */
    private static List<double[]> contrasts(List<Observation> observations, int factor) {
        List<String> levels = Levels.of(observations, factor);
        List<double[]> columns = new ArrayList<>();
        for (int level = 0; level < levels.size() - 1; level++) {
            double[] column = new double[observations.size()];
            for (int i = 0; i < column.length; i++) {
                int at = levels.indexOf(observations.get(i).levels().get(factor));
                column[i] = at == level ? 1 : at == levels.size() - 1 ? -1 : 0;
            }
            columns.add(column);
        }
        return columns;
    }

    int rank() {
        return rank;
    }

    /** Whether every column says something that the others do not. */
    boolean isOfFullRank() {
        return rank == columns;
    }

    double residualSumOfSquares() {
        return residualSumOfSquares;
    }
}
