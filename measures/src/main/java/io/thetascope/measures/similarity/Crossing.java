package io.thetascope.measures.similarity;

import io.thetascope.measures.assignment.Assignment;
import io.thetascope.measures.features.CentredFeatures;
import io.thetascope.measures.matrix.Product;

// n images, p units of the left, q of the right

/** What the units of two models have to do with each other, the images of the right permuted or not. */
final class Crossing {
    private final CentredFeatures left;
    private final CentredFeatures right;
    private final double[][] productPQ;

    private Crossing(CentredFeatures left, CentredFeatures right, double[][] productPQ) {
        this.left = left;
        this.right = right;
        this.productPQ = productPQ;
    }

    static Crossing of(CentredFeatures left, CentredFeatures right) {
        return new Crossing(left, right, Product.transposed(left.rowsNQ(), right.rowsNQ()));
    }

    /** Gives every image of the left the features of another image of the right. */
    static Crossing of(CentredFeatures left, CentredFeatures right, int[] permutationN) {
        double[][] permuted = new double[permutationN.length][];
        for (int image = 0; image < permuted.length; image++) {
            permuted[image] = right.rowsNQ()[permutationN[image]];
        }
        return new Crossing(left, right, Product.transposed(left.rowsNQ(), permuted));
    }

    /** Returns XᵀY of the centred features. */
    double[][] productPQ() {
        return productPQ;
    }

    /** Returns the mean ρ over the assignment of units that makes Σ ρ largest, signed; every unit of the smaller side has one. */
    double matched() {
        boolean wide = left.liveUnits() <= right.liveUnits();
        int rows = wide ? left.liveUnits() : right.liveUnits();
        int columns = wide ? right.liveUnits() : left.liveUnits();
        double[] values = new double[Math.multiplyExact(rows, columns)];
        for (int p = 0; p < left.liveUnits(); p++) {
            for (int q = 0; q < right.liveUnits(); q++) {
                double rho = productPQ[p][q] / left.norm(p) / right.norm(q);
                values[wide ? p * columns + q : q * columns + p] = Math.max(-1, Math.min(1, rho));
            }
        }
        int[] columnOfRow = Assignment.maximize(values, rows, columns);
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += values[row * columns + columnOfRow[row]];
        }
        return sum / rows;
    }
}
