package io.thetascope.gateway.damage;

import io.thetascope.contracts.analysis.IntegrityResult.Finding;
import io.thetascope.contracts.identity.Step;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that is not what it was announced as.
 *
 * @param step which one; absent where the trajectory as a whole is damaged
 * @param findings what is wrong, with the remedy
 */
public record DamagedStep(@Nullable Step step, List<Finding> findings) {
    public DamagedStep {
        findings = List.copyOf(findings);
    }

    /** Returns what is wrong, in words. */
    public String says() {
        String where = step == null ? "the trajectory" : "step " + step;
        return where + " is damaged: "
                + findings.stream()
                        .map(finding -> finding.code() + ", " + finding.says())
                        .collect(Collectors.joining("; "));
    }
}
