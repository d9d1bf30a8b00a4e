package io.thetascope.measures.assignment;

import java.util.Arrays;

// r rows, c columns, r ≤ c

/**
 * The linear assignment problem: every row gets a column of its own so that the sum of the values is largest. Shortest
 * augmenting paths with potentials (Jonker and Volgenant 1987, in the form of Crouse 2016), O(r² c).
 */
public final class Assignment {
    private final double[] valuesRC;
    private final int rows;
    private final int columns;
    private final double[] rowPotential;
    private final double[] columnPotential;
    private final int[] columnOfRow;
    private final int[] rowOfColumn;

    private Assignment(double[] valuesRC, int rows, int columns) {
        this.valuesRC = valuesRC;
        this.rows = rows;
        this.columns = columns;
        this.rowPotential = new double[rows];
        this.columnPotential = new double[columns];
        this.columnOfRow = new int[rows];
        this.rowOfColumn = new int[columns];
        Arrays.fill(columnOfRow, -1);
        Arrays.fill(rowOfColumn, -1);
    }

    /**
     * Assigns.
     *
     * @param valuesRC row-major, finite
     * @param rows r, at most c
     * @param columns c
     * @return the column of every row
     */
    public static int[] maximize(double[] valuesRC, int rows, int columns) {
        if (rows > columns || (long) rows * columns != valuesRC.length) {
            throw new IllegalArgumentException("rows must be <= columns, and values rows x columns: " + rows + ", "
                    + columns + ", " + valuesRC.length);
        }
        Assignment problem = new Assignment(valuesRC, rows, columns);
        for (int row = 0; row < rows; row++) {
            problem.augment(row);
        }
        return problem.columnOfRow;
    }

    private double cost(int row, int column) {
        double value = valuesRC[row * columns + column];
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "value of row " + row + ", column " + column + " must be finite: " + value);
        }
        return -value;
    }

    /** Dijkstra over reduced costs from a free row to the nearest free column. */
    private void augment(int free) {
        double[] distance = new double[columns];
        int[] from = new int[columns];
        boolean[] rowSeen = new boolean[rows];
        boolean[] columnSeen = new boolean[columns];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        double lowest = 0;
        int row = free;
        int sink = -1;
        while (sink < 0) {
            rowSeen[row] = true;
            int nearest = -1;
            for (int column = 0; column < columns; column++) {
                if (columnSeen[column]) {
                    continue;
                }
                double reduced = lowest + cost(row, column) - rowPotential[row] - columnPotential[column];
                if (reduced < distance[column]) {
                    distance[column] = reduced;
                    from[column] = row;
                }
                if (nearest < 0 || closer(distance, column, nearest)) {
                    nearest = column;
                }
            }
            lowest = distance[nearest];
            columnSeen[nearest] = true;
            if (rowOfColumn[nearest] < 0) {
                sink = nearest;
            } else {
                row = rowOfColumn[nearest];
            }
        }
        raisePotentials(free, lowest, distance, rowSeen, columnSeen);
        flip(free, sink, from);
    }

    /** On a tie a free column ends the search at once. */
    private boolean closer(double[] distance, int column, int nearest) {
        return distance[column] < distance[nearest]
                || (distance[column] == distance[nearest] && rowOfColumn[column] < 0 && rowOfColumn[nearest] >= 0);
    }

    private void raisePotentials(int free, double lowest, double[] distance, boolean[] rowSeen, boolean[] columnSeen) {
        rowPotential[free] += lowest;
        for (int row = 0; row < rows; row++) {
            if (rowSeen[row] && row != free) {
                rowPotential[row] += lowest - distance[columnOfRow[row]];
            }
        }
        for (int column = 0; column < columns; column++) {
            if (columnSeen[column]) {
                columnPotential[column] -= lowest - distance[column];
            }
        }
    }

    private void flip(int free, int sink, int[] from) {
        int column = sink;
        int row;
        do {
            row = from[column];
            rowOfColumn[column] = row;
            int next = columnOfRow[row];
            columnOfRow[row] = column;
            column = next;
        } while (row != free);
    }
}
