package io.thetascope.measures.matrix;

// n images, p columns of x, q columns of y

/**
 * XᵀY of two matrices with a row for every image. Four images are added at a time to a tile of the product: a plain loop
 * without a reduction, which the compiler turns into vector instructions.
 */
public final class Product {
    private static final int TILE_ROWS = 64;
    private static final int TILE_COLUMNS = 512; // with the rows of the tile: 256 KiB, half of a second-level cache
    private static final int TOGETHER = 4;

    private Product() {}

    /** Returns XᵀY, p rows of q values. */
    public static double[][] transposed(double[][] xNP, double[][] yNQ) {
        return transposed(xNP, 0, xNP[0].length, yNQ, yNQ[0].length);
    }

    /**
     * Multiplies some columns of x with the first columns of y, for those who cannot afford the whole product.
     *
     * @param xNP a row for every image
     * @param from first column of x
     * @param to one past the last column of x
     * @param yNQ a row for every image of x, in the same order
     * @param columns how many columns of y
     * @return to − from rows of that many values
     */
    public static double[][] transposed(double[][] xNP, int from, int to, double[][] yNQ, int columns) {
        if (xNP.length != yNQ.length) {
            throw new IllegalArgumentException("both need the same images: " + xNP.length + ", " + yNQ.length);
        }
        double[][] product = new double[to - from][columns];
        for (int row = 0; row < to - from; row += TILE_ROWS) {
            int rowEnd = Math.min(row + TILE_ROWS, to - from);
            for (int column = 0; column < columns; column += TILE_COLUMNS) {
                int columnEnd = Math.min(column + TILE_COLUMNS, columns);
                int image = 0;
                for (; image + TOGETHER <= xNP.length; image += TOGETHER) {
                    for (int a = row; a < rowEnd; a++) {
                        addFour(product[a], column, columnEnd, xNP, from + a, yNQ, image);
                    }
                }
                for (; image < xNP.length; image++) {
                    for (int a = row; a < rowEnd; a++) {
                        addOne(product[a], column, columnEnd, xNP[image][from + a], yNQ[image]);
                    }
                }
            }
        }
        return product;
    }

    private static void addFour(double[] sum, int from, int to, double[][] xNP, int a, double[][] yNQ, int image) {
        double x0 = xNP[image][a];
        double x1 = xNP[image + 1][a];
        double x2 = xNP[image + 2][a];
        double x3 = xNP[image + 3][a];
        double[] y0 = yNQ[image];
        double[] y1 = yNQ[image + 1];
        double[] y2 = yNQ[image + 2];
        double[] y3 = yNQ[image + 3];
        for (int b = from; b < to; b++) {
            sum[b] += (x0 * y0[b] + x1 * y1[b]) + (x2 * y2[b] + x3 * y3[b]);
        }
    }

    private static void addOne(double[] sum, int from, int to, double x, double[] y) {
        for (int b = from; b < to; b++) {
            sum[b] += x * y[b];
        }
    }
}
