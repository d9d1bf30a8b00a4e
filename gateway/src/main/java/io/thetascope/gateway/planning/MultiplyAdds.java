package io.thetascope.gateway.planning;

import io.thetascope.networks.Networks;
import java.util.HashMap;
import java.util.Map;

/** What networks compute for one image; every network is described once for every input. One thread at a time. */
final class MultiplyAdds {
    private final Map<RunCosts.Subject, Long> known = new HashMap<>();

    long of(RunCosts.Subject subject) {
        return known.computeIfAbsent(
                subject, s -> Networks.named(s.network(), s.input()).multiplyAdds());
    }
}
