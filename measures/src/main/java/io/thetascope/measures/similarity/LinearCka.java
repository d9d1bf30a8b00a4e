package io.thetascope.measures.similarity;

import io.thetascope.measures.features.CentredFeatures;
import io.thetascope.measures.matrix.Product;
import java.util.Arrays;

// n images, p and q units

/**
 * One side of a linear CKA (Kornblith et al. 2019), debiased with HSIC₁ (Song et al. 2012) as Nguyen et al. (2021) do, without
 * any n×n matrix.
 *
 * <p>HSIC₁ of K = XXᵀ and L = YYᵀ with zeroed diagonals K̃, L̃ is [tr(K̃L̃) + 1ᵀK̃1·1ᵀL̃1/((n−1)(n−2)) − 2·1ᵀK̃L̃1/(n−2)] /
 * (n(n−3)). It does not change when X or Y is shifted, since that adds aᵢ + aⱼ outside the diagonal, which the two
 * corrections take out; so both may be centred. Then K1 = 0 = L1, and with kᵢ = ‖xᵢ‖², lᵢ = ‖yᵢ‖²:
 * <ul>
 *   <li>tr(K̃L̃) = ‖XᵀY‖² − Σ kᵢlᵢ, as tr(KL) = ‖XᵀY‖²;
 *   <li>K̃1 = −k, so 1ᵀK̃1 = −Σ kᵢ and 1ᵀK̃L̃1 = Σ kᵢlᵢ;
 *   <li>together HSIC₁ = [‖XᵀY‖² − n/(n−2)·Σ kᵢlᵢ + Σkᵢ·Σlᵢ/((n−1)(n−2))] / (n(n−3)).
 * </ul>
 *
 * <p>HSIC₁ of a side with itself is never below 0, and 0 when no pair of images is more alike than any other.
 */
public final class LinearCka {
    private static final double ROUNDING = 1e-12; // of ‖XᵀX‖², to which the other terms add up when HSIC₁ is 0

    private final double[] squaresN;
    private final double sum;
    private final double ownSquares;

    private LinearCka(double[] squaresN, double sum, double ownSquares) {
        this.squaresN = squaresN;
        this.sum = sum;
        this.ownSquares = ownSquares;
    }

    /** Sums up one side. */
    public static LinearCka of(CentredFeatures features) {
        double[][] rowsNP = features.rowsNQ();
        double[] squaresN = new double[rowsNP.length];
        double sum = 0;
        for (int image = 0; image < rowsNP.length; image++) {
            squaresN[image] = squares(rowsNP[image]);
            sum += squaresN[image];
        }
        return new LinearCka(squaresN, sum, squares(Product.transposed(rowsNP, rowsNP)));
    }

    /** Returns ‖M‖², the sum of the squares. */
    static double squares(double[][] matrix) {
        double sum = 0;
        for (double[] row : matrix) {
            sum += squares(row);
        }
        return sum;
    }

    private static double squares(double[] row) {
        double sum = 0;
        for (double value : row) {
            sum += value * value;
        }
        return sum;
    }

    /** Returns whether this side has a debiased CKA with anything: HSIC₁ with itself is more than rounding. */
    public boolean measurable() {
        return ownHsic() > ROUNDING * ownSquares / pairs();
    }

    /**
     * Returns the debiased CKA with the other side, −1 to 1; not a number where one of them is not measurable.
     *
     * @param other on the same images in the same order
     * @param product XᵀY of the centred features of both
     */
    public double debiased(LinearCka other, double[][] product) {
        return debiased(hsic(other, product), other);
    }

    /** Returns the same with the images of the other permuted, in the product too. */
    double debiased(LinearCka other, double[][] product, int[] permutationN) {
        double[] permuted = new double[squaresN.length];
        Arrays.setAll(permuted, image -> other.squaresN[permutationN[image]]);
        return debiased(hsic(squares(product), dot(squaresN, permuted), sum * other.sum), other);
    }

    private double debiased(double hsic, LinearCka other) {
        if (!measurable() || !other.measurable()) {
            return Double.NaN;
        }
        double cka = hsic / Math.sqrt(ownHsic()) / Math.sqrt(other.ownHsic());
        return Math.max(-1, Math.min(1, cka)); // rounding must not leave the range
    }

    /** Returns the biased CKA, ‖XᵀY‖² / (‖XᵀX‖ ‖YᵀY‖), 0 to 1. */
    double biased(LinearCka other, double[][] product) {
        return Math.min(1, squares(product) / Math.sqrt(ownSquares) / Math.sqrt(other.ownSquares));
    }

    /** Returns HSIC₁ of both. */
    double hsic(LinearCka other, double[][] product) {
        return hsic(squares(product), dot(squaresN, other.squaresN), sum * other.sum);
    }

    private double ownHsic() {
        return hsic(ownSquares, dot(squaresN, squaresN), sum * sum);
    }

    private double hsic(double productSquares, double dot, double sums) {
        double n = squaresN.length;
        return (productSquares - n / (n - 2) * dot + sums / ((n - 1) * (n - 2))) / pairs();
    }

    private double pairs() {
        double n = squaresN.length;
        return n * (n - 3);
    }

    private static double dot(double[] a, double[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
        }
        return dot;
    }

    /** Returns ‖X‖, the root of the sum of the squares. */
    double norm() {
        return Math.sqrt(sum);
    }
}
