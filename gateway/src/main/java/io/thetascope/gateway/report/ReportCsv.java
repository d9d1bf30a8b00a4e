package io.thetascope.gateway.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a report as RFC 4180 CSV; {@code report/columns.md} among the resources says what the columns hold.
 * Numbers are in full precision, absent ones are empty.
 */
public final class ReportCsv {
    private static final String LINE_END = "\r\n";

    private ReportCsv() {}

    /** Writes the header and one record a run. */
    public static String text(Report report) {
        List<RunColumn> columns = RunColumn.of(report.runs());
        StringBuilder csv = new StringBuilder();
        record(csv, columns.stream().map(RunColumn::name));
        report.runs().forEach(run -> record(csv, columns.stream().map(c -> c.of(run))));
        return csv.toString();
    }

    /** Writes the header and one record a comparison. */
    public static String comparisons(Report report) {
        List<ComparisonColumn> columns = ComparisonColumn.all();
        StringBuilder csv = new StringBuilder();
        record(csv, columns.stream().map(ComparisonColumn::name));
        report.comparisons().forEach(row -> record(csv, columns.stream().map(c -> c.of(row))));
        return csv.toString();
    }

    private static void record(StringBuilder csv, Stream<? extends @Nullable Object> values) {
        csv.append(values.map(ReportCsv::field).collect(Collectors.joining(",")))
                .append(LINE_END);
    }

    private static String field(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
