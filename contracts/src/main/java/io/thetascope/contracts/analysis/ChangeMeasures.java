package io.thetascope.contracts.analysis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much changed, measured otherwise than by |Δ| alone (MEASURES §2).
 *
 * @param relative ρ → share with |θto − θ0| > ρ · max(|θ0|, RMS of the tensor at θ0), over the parameters of tensors whose
 *     start is not all 0; empty where there are none, as in fresh biases
 * @param ulps k → share that is more than k units in the last place away, on the monotone integer map of floats
 * @param signs share whose sign changed: θto · θ0 < 0
 */
public record ChangeMeasures(Map<String, Double> relative, Map<String, Double> ulps, double signs) {
    public ChangeMeasures {
        relative = Collections.unmodifiableMap(new LinkedHashMap<>(relative));
        ulps = Collections.unmodifiableMap(new LinkedHashMap<>(ulps));
    }
}
