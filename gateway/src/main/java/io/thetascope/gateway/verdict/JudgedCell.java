package io.thetascope.gateway.verdict;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.measures.statistics.TInterval;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A sample that was held against its threshold.
 *
 * @param sample what there was
 * @param value what it says
 * @param count whether it is about a count that does not vary with the seed
 * @param belowGate whether nothing is left of it because of the gate, and nothing is still to come
 */
record JudgedCell(Sample sample, CellValue value, boolean count, boolean belowGate) {
    /**
     * Judges a cell.
     *
     * @param sample what there is
     * @param count whether it is a count that does not vary with the seed, so that one run is enough: with fewer than three
     *     seeds all runs there are must then lie on one side
     */
    static JudgedCell of(Sample sample, boolean count) {
        List<Observation> counting =
                sample.observations().stream().filter(Observation::counts).toList();
        Optional<TInterval> interval = SeedInterval.of(counting);
        DoubleSummaryStatistics values =
                counting.stream().mapToDouble(Observation::number).summaryStatistics();
        Boolean beyond = null;
        if (interval.isPresent()) {
            beyond = sample.threshold().met(interval.get().low(), interval.get().high());
        } else if (count && values.getCount() > 0) {
            beyond = sample.threshold().met(values.getMin(), values.getMax());
        }
        CellValue value = new CellValue(
                sample.cell(),
                sample.threshold().measure(),
                SeedInterval.seeds(counting).size(),
                values.getCount() == 0 ? null : (Double) values.getAverage(),
                interval.map(TInterval::low).orElse(null),
                interval.map(TInterval::high).orElse(null),
                counting.stream().map(o -> new Replicate(o.seed(), o.number())).toList(),
                beyond,
                note(sample, counting, interval.isPresent(), count));
        return new JudgedCell(sample, value, count, belowGate(sample));
    }

    private static boolean belowGate(Sample sample) {
        return has(sample, Worth.MISSED) > 0 && has(sample, Worth.MET) == 0 && has(sample, Worth.OPEN) == 0;
    }

    private static long has(Sample sample, Worth worth) {
        return sample.observations().stream().filter(o -> o.worth() == worth).count();
    }

    private static @Nullable String note(Sample sample, List<Observation> counting, boolean interval, boolean count) {
        List<String> notes = new ArrayList<>();
        noted(notes, has(sample, Worth.MISSED), "below the gate and left out");
        noted(notes, has(sample, Worth.OPEN), "not finished");
        noted(notes, has(sample, Worth.ENDED), "ended without a model");
        List<Observation> silent = sample.observations().stream()
                .filter(o -> o.worth() == Worth.MET && o.value() == null)
                .toList();
        noted(notes, silent.size(), "without this number" + reasons(silent));
        if (!interval) {
            notes.add(withoutInterval(counting, count));
        }
        return notes.isEmpty() ? null : String.join("; ", notes);
    }

    private static String withoutInterval(List<Observation> counting, boolean count) {
        if (count && !counting.isEmpty()) {
            return "a count: it needs no interval, but every run on one side";
        }
        return SeedInterval.seeds(counting).size() < SeedInterval.FEWEST_SEEDS
                ? "fewer than three seeds with a value, so no interval"
                : "a seed has a part in every pair with a value, so no interval over seeds";
    }

    private static void noted(List<String> notes, long many, String what) {
        if (many > 0) {
            notes.add(many + " " + what);
        }
    }

    private static String reasons(List<Observation> silent) {
        List<String> reasons = silent.stream()
                .flatMap(o -> Optional.ofNullable(o.absent()).stream())
                .distinct()
                .toList();
        if (reasons.isEmpty()) {
            return "";
        }
        int more = reasons.size() - 1; // as long as they are, one is read and six are not
        return " (" + reasons.get(0) + (more == 0 ? ")" : "; and " + more + " more for reasons of their own)");
    }

    /** Returns the runs that its values were taken from. */
    Stream<RunId> runs() {
        return sample.observations().stream().filter(Observation::counts).flatMap(o -> o.runs().stream());
    }

    /** Whether it is a count that lies neither wholly beyond the threshold nor wholly on the other side. */
    boolean isCountOnBothSides() {
        return count && value.n() > 0 && value.beyond() == null;
    }

    /** Returns a remark where the interval is on both sides, but no value is; else nothing. */
    String everyOne() {
        DoubleSummaryStatistics values =
                value.perSeed().stream().mapToDouble(Replicate::value).summaryStatistics();
        Boolean met = values.getCount() == 0 ? null : sample.threshold().met(values.getMin(), values.getMax());
        if (met == null) {
            return "";
        }
        return ", though every one of " + values.getCount() + " values is " + (met ? "beyond it" : "on the other side");
    }

    boolean isBeyond() {
        return Boolean.TRUE.equals(value.beyond());
    }

    boolean isRefuted() {
        return Boolean.FALSE.equals(value.beyond());
    }
}
