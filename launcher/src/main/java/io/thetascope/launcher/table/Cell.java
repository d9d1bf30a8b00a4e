package io.thetascope.launcher.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** How one value of a report is written; a missing number is a dash, never 0. */
final class Cell {
    static final String MISSING = "—";

    private Cell() {}

    static String text(JsonNode value) {
        return value.isValueNode() && !value.isNull() ? value.asText() : MISSING;
    }

    /** Four significant digits or more before the point; small ones with an exponent. */
    static String number(JsonNode value) {
        if (!value.isNumber()) {
            return MISSING;
        }
        double number = value.asDouble();
        double size = Math.abs(number);
        if (size != 0 && (size < 1e-3 || size >= 1e6)) {
            return String.format(Locale.ROOT, "%.3e", number);
        }
        return String.format(Locale.ROOT, size < 10 ? "%.4f" : "%.2f", number);
    }

    /** The accuracy of a run, with a mark for its gate; two blanks where there is none keep the digits in line. */
    static String accuracy(JsonNode run) {
        JsonNode met = run.path("gateMet");
        return percent(run.path("accuracy")) + (met.isBoolean() ? met.asBoolean() ? " ✓" : " ✗" : "  ");
    }

    /** A share 0–1 in percent, cut and not rounded: 100 % means all of it. */
    static String percent(JsonNode value) {
        if (!value.isNumber()) {
            return MISSING;
        }
        // by way of decimals: 0.29 · 10,000 is 2,899.99… in binary
        BigDecimal share = BigDecimal.valueOf(value.asDouble());
        return share.movePointRight(2).setScale(2, RoundingMode.FLOOR).toPlainString() + " %";
    }
}
