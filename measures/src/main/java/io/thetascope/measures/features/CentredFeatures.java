package io.thetascope.measures.features;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

// n images, p units, q live units, c classes

/**
 * The features of the live units of a layer, less the mean of each. A unit whose standard deviation is at most 1e-6 of
 * the layer's median is dead and left out.
 */
public final class CentredFeatures {
    /** Above so many units, the strongest of them stand for all where the cost grows with their cube. */
    public static final int MOST_UNITS = 1_024;

    private static final double DEAD_SHARE = 1e-6;

    private final int units;
    private final int[] unitsQ;
    private final double[][] rowsNQ;
    private final double[] normsQ;
    private final double deadNorm;

    private CentredFeatures(int units, int[] unitsQ, double[][] rowsNQ, double[] normsQ, double deadNorm) {
        this.units = units;
        this.unitsQ = unitsQ;
        this.rowsNQ = rowsNQ;
        this.normsQ = normsQ;
        this.deadNorm = deadNorm;
    }

    /**
     * Centres the columns of a matrix.
     *
     * @param featuresNP row-major, one image a row, finite
     * @param images n
     * @param units p
     */
    public static CentredFeatures of(float[] featuresNP, int images, int units) {
        double[] meansP = means(featuresNP, images, units);
        double[] normsP = norms(featuresNP, meansP);
        double deadNorm = DEAD_SHARE * median(normsP);
        int[] live = live(normsP, deadNorm);
        double[][] rowsNQ = new double[images][live.length];
        for (int image = 0; image < images; image++) {
            for (int q = 0; q < live.length; q++) {
                rowsNQ[image][q] = featuresNP[image * units + live[q]] - meansP[live[q]];
            }
        }
        return new CentredFeatures(units, live, rowsNQ, picked(normsP, live), deadNorm);
    }

    private static double[] means(float[] featuresNP, int images, int units) {
        double[] meansP = new double[units];
        for (int i = 0; i < featuresNP.length; i++) {
            meansP[i % units] += featuresNP[i];
        }
        Arrays.setAll(meansP, unit -> meansP[unit] / images);
        return meansP;
    }

    private static double[] norms(float[] featuresNP, double[] meansP) {
        double[] normsP = new double[meansP.length];
        for (int i = 0; i < featuresNP.length; i++) {
            double centred = featuresNP[i] - meansP[i % meansP.length];
            normsP[i % meansP.length] += centred * centred;
        }
        Arrays.setAll(normsP, unit -> Math.sqrt(normsP[unit]));
        return normsP;
    }

    private static int[] live(double[] norms, double deadNorm) {
        return IntStream.range(0, norms.length)
                .filter(unit -> norms[unit] > deadNorm)
                .toArray();
    }

    private static double[] picked(double[] values, int[] places) {
        return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /**
     * Takes the mean of its class from every image. Units that are dead after that, measured by the median from before, are
     * left out: so none comes to life.
     *
     * @param labels of the images
     */
    CentredFeatures withinClass(Labels labels) {
        double[][] residualNQ = new double[images()][];
        double[] normsQ = new double[liveUnits()];
        for (List<Integer> members : labels.groups()) {
            double[] meanQ = new double[liveUnits()];
            for (int image : members) {
                for (int q = 0; q < meanQ.length; q++) {
                    meanQ[q] += rowsNQ[image][q] / members.size();
                }
            }
            for (int image : members) {
                double[] row = rowsNQ[image].clone();
                for (int q = 0; q < meanQ.length; q++) {
                    row[q] -= meanQ[q];
                    normsQ[q] += row[q] * row[q];
                }
                residualNQ[image] = row;
            }
        }
        Arrays.setAll(normsQ, q -> Math.sqrt(normsQ[q]));
        return new CentredFeatures(units, unitsQ, residualNQ, normsQ, deadNorm).only(live(normsQ, deadNorm));
    }

    /** Returns the units of highest variance, on a tie the first ones: at most {@link #MOST_UNITS}. */
    public CentredFeatures strongest() {
        return strongest(MOST_UNITS);
    }

    CentredFeatures strongest(int most) {
        int[] places = IntStream.range(0, liveUnits())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer q) -> -normsQ[q]).thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .sorted()
                .mapToInt(Integer::intValue)
                .toArray();
        return only(places);
    }

    private CentredFeatures only(int[] places) {
        if (places.length == liveUnits()) {
            return this;
        }
        double[][] rows = new double[images()][];
        for (int image = 0; image < rows.length; image++) {
            rows[image] = picked(rowsNQ[image], places);
        }
        int[] kept = Arrays.stream(places).map(q -> unitsQ[q]).toArray();
        return new CentredFeatures(units, kept, rows, picked(normsQ, places), deadNorm);
    }

    /** Returns n. */
    public int images() {
        return rowsNQ.length;
    }

    /** Returns p, units that are left out included. */
    public int units() {
        return units;
    }

    /** Returns q. */
    public int liveUnits() {
        return unitsQ.length;
    }

    /** Returns which unit of the layer a column is. */
    public int unit(int column) {
        return unitsQ[column];
    }

    /** Returns the features, a row for every image; not to be changed. */
    public double[][] rowsNQ() {
        return rowsNQ;
    }

    /** Returns the Euclidean length of a column, above 0. */
    public double norm(int column) {
        return normsQ[column];
    }
}
