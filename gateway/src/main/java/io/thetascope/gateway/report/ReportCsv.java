package io.thetascope.gateway.report;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table of runs as RFC 4180 CSV, one line a run; {@code report/columns.md} among the resources says what the columns
 * hold. Numbers are in full precision, absent ones are empty.
 */
public final class ReportCsv {
    private static final String LINE_END = "\r\n";

    private ReportCsv() {}

    /** Writes the header and one record a run. */
    public static String text(Report report) {
        List<RunColumn> columns = RunColumn.of(report.runs());
        StringBuilder csv = new StringBuilder();
        csv.append(columns.stream().map(c -> field(c.name())).collect(Collectors.joining(",")))
                .append(LINE_END);
        for (RunRow run : report.runs()) {
            csv.append(columns.stream().map(c -> field(c.of(run))).collect(Collectors.joining(",")))
                    .append(LINE_END);
        }
        return csv.toString();
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
