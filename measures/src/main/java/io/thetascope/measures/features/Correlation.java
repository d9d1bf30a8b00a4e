package io.thetascope.measures.features;

import io.thetascope.measures.matrix.Product;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

// n images, p units, q live units

/** The correlations between the live units of a layer over a set of images. */
public final class Correlation {
    private static final int STRIP = 64;

    private final int units;
    private final int deadUnits;
    private final float[] matrixPP;
    private final Pairs pairs;

    private Correlation(CentredFeatures features) {
        this.units = features.units();
        this.deadUnits = units - features.liveUnits();
        this.matrixPP = new float[Math.multiplyExact(units, units)];
        this.pairs = new Pairs();
        Arrays.fill(matrixPP, Float.NaN);
        for (int from = 0; from < features.liveUnits(); from += STRIP) {
            correlate(features, from, Math.min(from + STRIP, features.liveUnits()));
        }
    }

    /** Correlates the units of a layer; units that it leaves out are dead. */
    public static Correlation of(CentredFeatures features) {
        return new Correlation(features);
    }

    /** A strip of the lower triangle at a time: 4,096 units have no room for the whole in double. */
    private void correlate(CentredFeatures features, int from, int to) {
        double[][] dots = Product.transposed(features.rowsNQ(), from, to, features.rowsNQ(), to);
        for (int a = from; a < to; a++) {
            int i = features.unit(a);
            for (int b = 0; b < a; b++) {
                int j = features.unit(b);
                double dot = dots[a - from][b];
                double rho = Math.max(-1, Math.min(1, dot / features.norm(a) / features.norm(b)));
                pairs.add(rho, dot);
                matrixPP[i * units + j] = (float) rho;
                matrixPP[j * units + i] = (float) rho;
            }
            matrixPP[i * units + i] = 1;
            pairs.addVariance(features.norm(a) * features.norm(a));
        }
    }

    /** Returns p, dead units included. */
    public int units() {
        return units;
    }

    /** Returns how many units are dead. */
    public int deadUnits() {
        return deadUnits;
    }

    /** Returns ρ of every pair of units, p×p, row-major; not a number where a unit of the pair is dead. */
    public float[] matrix() {
        return matrixPP.clone();
    }

    /**
     * Copies a row of the matrix, for those who cannot afford a second one: 64 MiB with 4,096 units.
     *
     * @param unit which row
     * @param into receives p values
     */
    public void row(int unit, float[] into) {
        System.arraycopy(matrixPP, unit * units, into, 0, units);
    }

    /** Returns the mean of |ρ| over pairs of live units; absent with fewer than two. */
    public @Nullable Double meanAbsolute() {
        return pairs.mean(pairs.absolute);
    }

    /** Returns the mean of ρ over pairs of live units; absent with fewer than two. */
    public @Nullable Double mean() {
        return pairs.mean(pairs.signed);
    }

    /** Returns the root mean square of ρ over pairs of live units; absent with fewer than two. */
    public @Nullable Double rms() {
        Double meanSquare = pairs.mean(pairs.squares);
        return meanSquare == null ? null : Math.sqrt(meanSquare);
    }

    /**
     * Returns (Σλ)²/Σλ² of the eigenvalues of the covariance C of the live units, which is tr(C)²/‖C‖²: how many directions
     * carry the variance; absent with none.
     */
    public @Nullable Double participationRatio() {
        double norm = pairs.variances2 + 2 * pairs.covariances2;
        return norm == 0 ? null : Math.max(1, pairs.trace * pairs.trace / norm);
    }

    private static final class Pairs {
        private long count;
        private double absolute;
        private double signed;
        private double squares;
        private double trace;
        private double variances2;
        private double covariances2;

        void addVariance(double variance) {
            trace += variance;
            variances2 += variance * variance;
        }

        void add(double rho, double covariance) {
            covariances2 += covariance * covariance;
            count++;
            absolute += Math.abs(rho);
            signed += rho;
            squares += rho * rho;
        }

        @Nullable
        Double mean(double sum) {
            return count == 0 ? null : sum / count;
        }
    }
}
