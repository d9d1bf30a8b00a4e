package io.thetascope.gateway.report.markup;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers for reading: four significant digits, a dash for what is not known. Full precision is in JSON and CSV. */
public final class Numbers {
    /** What stands for a number that is not known. */
    public static final String MISSING = "—";

    private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);
    private static final double SMALLEST_PLAIN = 1e-3;
    private static final double WHOLE = 1e4;
    private static final double LARGEST_PLAIN = 1e6;

    private Numbers() {}

    /** Writes 21.73, 0.04512 or 2.484×10⁻⁴. */
    public static String plain(@Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            return MISSING;
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal rounded = Math.abs(value) >= WHOLE ? exact.setScale(0, RoundingMode.HALF_EVEN) : exact.round(DIGITS);
        double size = Math.abs(rounded.doubleValue());
        String text = size >= SMALLEST_PLAIN && size < LARGEST_PLAIN ? rounded.toPlainString() : scientific(rounded);
        return text.replace('-', '−');
    }

    /** Writes a number that is round already, as on an axis: 0.5 or 1×10⁻⁶. */
    public static String brief(double value) {
        String text = plain(value);
        return text.contains(".") && !text.contains("×") ? text.replaceAll("\\.?0+$", "") : text;
    }

    /** Writes 10⁻⁶ or 2.5×10⁻⁶. */
    public static String scientific(double value) {
        String text = scientific(new BigDecimal(value)).replace('-', '−');
        return text.startsWith("1×") ? text.substring(2) : text;
    }

    private static String scientific(BigDecimal rounded) {
        BigDecimal shown = rounded.round(DIGITS);
        int exponent = shown.precision() - shown.scale() - 1;
        BigDecimal mantissa = shown.movePointLeft(exponent).stripTrailingZeros();
        return mantissa.toPlainString() + "×10" + raised(exponent);
    }

    /** Writes a number between −1 and 1 with four decimals, so that columns of them compare. */
    public static String ratio(@Nullable Double value) {
        return fixed(value, 4);
    }

    /** Writes a number with so many decimals; one that rounds to 0 has no sign. */
    public static String fixed(@Nullable Double value, int decimals) {
        if (value == null || !Double.isFinite(value)) {
            return MISSING;
        }
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.matches("-[0.]+") ? text.substring(1) : text.replace('-', '−');
    }

    /** Writes a share of 0–1 as a percentage with so many decimals, cut and not rounded: 100 % means all of it. */
    public static String percent(@Nullable Double share, int decimals) {
        if (share == null || !Double.isFinite(share)) {
            return MISSING;
        }
        // by way of decimals: 0.29 · 100 is 28.999… in binary
        BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2);
        return percent.setScale(decimals, RoundingMode.FLOOR).toPlainString() + " %";
    }

    /** Writes a share of 0–1 as a percentage with so many decimals, rounded; but all is said of all alone, none of none. */
    public static String roundedPercent(double share, int decimals) {
        BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2);
        BigDecimal rounded = percent.setScale(decimals, RoundingMode.HALF_EVEN);
        boolean all = share < 1 && rounded.compareTo(BigDecimal.valueOf(100)) == 0;
        boolean none = share > 0 && rounded.signum() == 0;
        BigDecimal smallest = BigDecimal.ONE.movePointLeft(decimals);
        if (all || none) {
            return (all ? "> " : "< ") + (all ? BigDecimal.valueOf(100).subtract(smallest) : smallest).toPlainString()
                    + " %";
        }
        return rounded.toPlainString() + " %";
    }

    /** Writes a share of 0–1 as a percentage with the decimals that it has, as a threshold needs. */
    public static String exactPercent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }

    /** Writes a whole number with thousands set apart. */
    public static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Writes an exponent as superscript. */
    public static String raised(int exponent) {
        return digits(exponent, "⁰¹²³⁴⁵⁶⁷⁸⁹", "⁻");
    }

    /** Writes an index as subscript. */
    public static String lowered(long index) {
        return digits(index, "₀₁₂₃₄₅₆₇₈₉", "₋");
    }

    private static String digits(long number, String forms, String minus) {
        StringBuilder text = new StringBuilder();
        for (char c : Long.toString(number).toCharArray()) {
            text.append(c == '-' ? minus : String.valueOf(forms.charAt(c - '0')));
        }
        return text.toString();
    }
}
