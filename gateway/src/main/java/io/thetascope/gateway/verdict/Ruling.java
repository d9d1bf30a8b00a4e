package io.thetascope.gateway.verdict;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a claim is decided once its cells are judged. In this order: a study without a cell of the claim's first threshold
 * says nothing, unless a cell there is refutes it; one cell wholly on the other side refutes; a cell of which the gate
 * leaves nothing is not worth discussing, and with it the claim over all cells; the claim is supported when every cell lies
 * beyond and every needed threshold has one; all else is underpowered.
 *
 * @param outcome the verdict
 * @param reason why, in one sentence
 */
record Ruling(Outcome outcome, String reason) {
    private static final MathContext DIGITS = new MathContext(3);

    static Ruling of(Claim claim, List<JudgedCell> cells) {
        Optional<JudgedCell> refuting = first(cells, JudgedCell::isRefuted);
        if (refuting.isPresent()) {
            return new Ruling(Outcome.REFUTED, "In " + lies(refuting.get()) + ", wholly on the other side.");
        }
        if (!hasCell(claim.needed().get(0), cells)) {
            return new Ruling(Outcome.NOT_APPLICABLE, "The study has no " + claim.subject() + ".");
        }
        Optional<JudgedCell> belowGate = first(cells, JudgedCell::belowGate);
        if (belowGate.isPresent()) {
            return new Ruling(
                    Outcome.GATE_NOT_MET,
                    "Of " + belowGate.get().value().cell() + " nothing is left by the gate: " + claim.gated()
                            + " must reach it.");
        }
        Optional<Threshold> empty =
                claim.needed().stream().filter(t -> !hasCell(t, cells)).findFirst();
        if (empty.isPresent()) {
            return new Ruling(
                    Outcome.UNDERPOWERED,
                    "The study has no cell for: " + empty.get().words() + ".");
        }
        return first(cells, cell -> !cell.isBeyond())
                .map(open -> undecided(open, cells))
                .orElseGet(() -> new Ruling(Outcome.SUPPORTED, supported(cells)));
    }

    private static Optional<JudgedCell> first(List<JudgedCell> cells, Predicate<JudgedCell> wanted) {
        return cells.stream().filter(wanted).findFirst();
    }

    private static boolean hasCell(Threshold threshold, List<JudgedCell> cells) {
        return cells.stream().anyMatch(cell -> cell.sample().threshold().equals(threshold));
    }

    private static String supported(List<JudgedCell> cells) {
        return cells.size() == 1
                ? "The one cell lies wholly beyond the threshold."
                : (cells.size() == 2 ? "Both" : "All " + cells.size()) + " numbers lie wholly beyond their thresholds.";
    }

    private static Ruling undecided(JudgedCell open, List<JudgedCell> cells) {
        long undecided = cells.stream().filter(cell -> !cell.isBeyond()).count();
        boolean both = open.value().low() != null || open.isCountOnBothSides();
        String why = both
                ? ", on both sides of the threshold" + open.everyOne()
                : ": " + open.value().note();
        return new Ruling(
                Outcome.UNDERPOWERED,
                undecided + " of " + cells.size() + " numbers decide nothing; in " + lies(open) + why + ".");
    }

    private static String lies(JudgedCell cell) {
        CellValue value = cell.value();
        String range = value.low() == null
                ? " is " + written(value.mean()) + (value.perSeed().size() > 1 ? " on average" : "")
                : " is " + written(value.low()) + " to " + written(value.high());
        return value.cell() + ", " + value.measure() + (value.n() == 0 ? " is not known" : range);
    }

    private static String written(@Nullable Double value) {
        return value == null
                ? "not known"
                : BigDecimal.valueOf(value)
                        .round(DIGITS)
                        .stripTrailingZeros()
                        .toPlainString()
                        .replace('-', '−');
    }
}
