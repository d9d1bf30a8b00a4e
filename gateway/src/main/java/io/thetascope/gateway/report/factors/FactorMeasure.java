package io.thetascope.gateway.report.factors;

import com.fasterxml.jackson.annotation.JsonValue;
import io.thetascope.gateway.report.Leg;
import io.thetascope.gateway.report.RunFeatures;
import io.thetascope.gateway.report.RunRow;
import org.jspecify.annotations.Nullable;

/** What is analysed of a base run, after the last step planned. */
public enum FactorMeasure {
    RELATIVE_DISTANCE("relativeDistance", "‖θₜ − θ₀‖ / ‖θ₀‖") {
        @Override
        @Nullable
        Double of(RunRow run, RunFeatures features) {
            Double distance = run.distanceFromStart();
            Double start = run.startNorm();
            return distance == null || start == null || start == 0 ? null : (Double) (distance / start);
        }
    },
    CHANGED("changed", "Changed, F(0)") {
        @Override
        @Nullable
        Double of(RunRow run, RunFeatures features) {
            return run.changed();
        }
    },
    MEAN_CORRELATION("meanCorrelation", "Mean ρ") {
        @Override
        @Nullable
        Double of(RunRow run, RunFeatures features) {
            Leg last = run.distances().isEmpty()
                    ? null
                    : run.distances().get(run.distances().size() - 1);
            return last == null
                    ? null
                    : features.at(last.toStep())
                            .map(seen -> seen.meanCorrelation())
                            .orElse(null);
        }
    },
    MEAN_ABS_CORRELATION("meanAbsCorrelation", "Mean |ρ|") {
        @Override
        @Nullable
        Double of(RunRow run, RunFeatures features) {
            return run.meanAbsCorrelation();
        }
    },
    ACCURACY("accuracy", "Test accuracy") {
        @Override
        @Nullable
        Double of(RunRow run, RunFeatures features) {
            return run.accuracy();
        }
    },
    END_NORM("endNorm", "‖θₜ‖") {
        @Override
        @Nullable
        Double of(RunRow run, RunFeatures features) {
            return run.endNorm();
        }
    };

    private final String key;
    private final String label;

    FactorMeasure(String key, String label) {
        this.key = key;
        this.label = label;
    }

    abstract @Nullable Double of(RunRow run, RunFeatures features);

    /** Returns its name in JSON. */
    @JsonValue
    public String key() {
        return key;
    }

    /** Returns its name on a page. */
    public String label() {
        return label;
    }
}
