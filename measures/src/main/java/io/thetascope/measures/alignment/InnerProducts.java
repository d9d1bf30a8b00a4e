package io.thetascope.measures.alignment;

import java.util.Arrays;

// U units, Q columns of a chunk

/**
 * Inner products of every unit of the left with every unit of the right, in double: A·Bᵀ, a chunk of columns at a time. The
 * inner loop is written so that the compiler makes vector instructions of it.
 */
final class InnerProducts {
    /** Columns that are packed together: a multiple of the eight that a pass takes. */
    private static final int CHUNK = 64;

    /** Units of the right in one go: with {@link #CHUNK} columns they fit the second-level cache. */
    private static final int BLOCK = 512;

    private static final int PASS = 8;

    private final int units;
    private final double[] sumsUU;

    InnerProducts(int units) {
        this.units = units;
        this.sumsUU = new double[Math.multiplyExact(units, units)];
    }

    /** Returns the bytes of the sums at this number of units. */
    static long bytes(long units) {
        return Double.BYTES * units * units;
    }

    /** Returns the bytes that {@link #add} takes for itself. */
    static long workingBytes(long units) {
        return 2L * Double.BYTES * units * CHUNK;
    }

    /** Returns the sums so far, row-major, left × right; the object's own. */
    double[] sums() {
        return sumsUU;
    }

    /**
     * Adds the inner products of columns of one tensor, or what they changed by.
     *
     * @param left values of the left
     * @param leftStarts where those of unit 0 lie
     * @param right values of the right
     * @param rightStarts where those of unit 0 lie, in the order of the left's
     * @param outdated where those of unit 0 lay when these columns were added before; empty at the first time
     * @param stride from a unit to the next, on both sides
     */
    void add(float[] left, int[] leftStarts, float[] right, int[] rightStarts, int[] outdated, int stride) {
        double[] leftUQ = new double[units * CHUNK];
        double[] rightQU = new double[CHUNK * units];
        for (int from = 0; from < leftStarts.length; from += CHUNK) {
            int count = Math.min(CHUNK, leftStarts.length - from);
            if (count < CHUNK) {
                Arrays.fill(leftUQ, 0); // a pass takes eight columns, there or not
                Arrays.fill(rightQU, 0);
            }
            for (int q = 0; q < count; q++) {
                packLeft(left, leftStarts[from + q], stride, leftUQ, q);
                packRight(right, rightStarts[from + q], stride, rightQU, q);
                if (outdated.length > 0) {
                    subtractRight(right, outdated[from + q], stride, rightQU, q);
                }
            }
            addChunk(leftUQ, rightQU, (count + PASS - 1) / PASS * PASS);
        }
    }

    private void packLeft(float[] values, int start, int stride, double[] leftUQ, int q) {
        for (int unit = 0; unit < units; unit++) {
            leftUQ[unit * CHUNK + q] = values[start + unit * stride];
        }
    }

    private void packRight(float[] values, int start, int stride, double[] rightQU, int q) {
        for (int unit = 0; unit < units; unit++) {
            rightQU[q * units + unit] = values[start + unit * stride];
        }
    }

    private void subtractRight(float[] values, int start, int stride, double[] rightQU, int q) {
        for (int unit = 0; unit < units; unit++) {
            rightQU[q * units + unit] -= values[start + unit * stride];
        }
    }

    private void addChunk(double[] leftUQ, double[] rightQU, int columns) {
        for (int block = 0; block < units; block += BLOCK) {
            int count = Math.min(BLOCK, units - block);
            for (int unit = 0; unit < units; unit++) {
                for (int q = 0; q < columns; q += PASS) {
                    int left = unit * CHUNK + q;
                    pass(leftUQ, left, rightQU, q * units + block, units, sumsUU, unit * units + block, count);
                }
            }
        }
    }

    /** Adds eight columns to a piece of a row: {@code c[j] += Σ a[q] · b[q, j]}. */
    private static void pass(
            double[] a, int aFrom, double[] b, int bFrom, int stride, double[] c, int cFrom, int count) {
        double a0 = a[aFrom];
        double a1 = a[aFrom + 1];
        double a2 = a[aFrom + 2];
        double a3 = a[aFrom + 3];
        double a4 = a[aFrom + 4];
        double a5 = a[aFrom + 5];
        double a6 = a[aFrom + 6];
        double a7 = a[aFrom + 7];
        int b1 = bFrom + stride;
        int b2 = b1 + stride;
        int b3 = b2 + stride;
        int b4 = b3 + stride;
        int b5 = b4 + stride;
        int b6 = b5 + stride;
        int b7 = b6 + stride;
        for (int j = 0; j < count; j++) {
            c[cFrom + j] += a0 * b[bFrom + j]
                    + a1 * b[b1 + j]
                    + a2 * b[b2 + j]
                    + a3 * b[b3 + j]
                    + a4 * b[b4 + j]
                    + a5 * b[b5 + j]
                    + a6 * b[b6 + j]
                    + a7 * b[b7 + j];
        }
    }
}
