package io.thetascope.gateway.report;

import java.util.List;

/**
 * What the study says to each claim (MEASURES §9).
 *
 * @param items none: no claim is judged yet
 * @param note what a reader has to know about the list
 */
public record Verdicts(List<Object> items, String note) {
    public Verdicts {
        items = List.copyOf(items);
    }

    static Verdicts notComputed() {
        return new Verdicts(
                List.of(),
                "Verdicts on claims are not part of this version. The numbers are here; no claim was judged by them.");
    }
}
