package io.thetascope.launcher.table;

import java.util.ArrayList;
import java.util.List;

/** Aligned columns of text: the first ones to the left, numbers to the right. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<String> header;
    private final int leftColumns;
    private final List<List<String>> rows = new ArrayList<>();

    /** Makes a table whose first {@code leftColumns} columns hold words. */
    TextTable(List<String> header, int leftColumns) {
        this.header = List.copyOf(header);
        this.leftColumns = leftColumns;
    }

    void row(List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException("a row has " + header.size() + " cells: " + cells);
        }
        rows.add(List.copyOf(cells));
    }

    /** Returns the lines, the header first; none without rows. */
    List<String> lines() {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        all.addAll(rows);
        int[] widths = new int[header.size()];
        for (List<String> cells : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(cells.get(i)));
            }
        }
        return all.stream().map(cells -> line(cells, widths)).toList();
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String padding = " ".repeat(widths[i] - width(cell));
            line.append(i == 0 ? "" : GAP).append(i < leftColumns ? cell + padding : padding + cell);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
