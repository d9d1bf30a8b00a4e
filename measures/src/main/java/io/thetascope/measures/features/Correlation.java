package io.thetascope.measures.features;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

// n images, p units, q live units

/**
 * The correlations between the units of a layer over a set of images. A unit whose standard deviation is at most 1e-6
 * of the layer's median is dead and left out.
 */
public final class Correlation {
    private static final double DEAD_SHARE = 1e-6;

    private final int units;
    private final boolean[] dead;
    private final float[] matrixPP;
    private final Pairs pairs;

    private Correlation(int units, boolean[] dead, float[] matrixPP, Pairs pairs) {
        this.units = units;
        this.dead = dead;
        this.matrixPP = matrixPP;
        this.pairs = pairs;
    }

    /**
     * Correlates the columns of a matrix.
     *
     * @param featuresNP row-major, one image a row
     * @param images n
     * @param units p
     */
    public static Correlation of(float[] featuresNP, int images, int units) {
        double[][] columnsPN = new double[units][];
        double[] deviations = new double[units];
        for (int unit = 0; unit < units; unit++) {
            columnsPN[unit] = centred(featuresNP, images, units, unit);
            deviations[unit] = Math.sqrt(dot(columnsPN[unit], columnsPN[unit]) / images);
        }
        double limit = DEAD_SHARE * median(deviations);
        boolean[] dead = new boolean[units];
        for (int unit = 0; unit < units; unit++) {
            dead[unit] = deviations[unit] <= limit;
            normalise(columnsPN[unit]);
        }
        return correlate(columnsPN, dead);
    }

    private static Correlation correlate(double[][] columnsPN, boolean[] dead) {
        int units = dead.length;
        float[] matrixPP = new float[Math.multiplyExact(units, units)];
        Pairs pairs = new Pairs();
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < i; j++) {
                double rho = Double.NaN;
                if (!dead[i] && !dead[j]) {
                    rho = Math.max(-1, Math.min(1, dot(columnsPN[i], columnsPN[j])));
                    pairs.add(rho);
                }
                matrixPP[i * units + j] = (float) rho;
                matrixPP[j * units + i] = (float) rho;
            }
            matrixPP[i * units + i] = dead[i] ? Float.NaN : 1;
        }
        return new Correlation(units, dead, matrixPP, pairs);
    }

    private static double[] centred(float[] featuresNP, int images, int units, int unit) {
        double[] column = new double[images];
        double sum = 0;
        for (int image = 0; image < images; image++) {
            column[image] = featuresNP[image * units + unit];
            sum += column[image];
        }
        double mean = sum / images;
        for (int image = 0; image < images; image++) {
            column[image] -= mean;
        }
        return column;
    }

    private static void normalise(double[] column) {
        double norm = Math.sqrt(dot(column, column));
        for (int image = 0; image < column.length && norm > 0; image++) {
            column[image] /= norm;
        }
    }

    /** Four partial sums: the additions of one would wait for each other. */
    private static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Returns p, dead units included. */
    public int units() {
        return units;
    }

    /** Returns how many units are dead. */
    public int deadUnits() {
        int count = 0;
        for (boolean d : dead) {
            count += d ? 1 : 0;
        }
        return count;
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

    private static final class Pairs {
        private long count;
        private double absolute;
        private double signed;
        private double squares;

        void add(double rho) {
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
