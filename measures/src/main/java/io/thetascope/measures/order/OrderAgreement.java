package io.thetascope.measures.order;

import io.thetascope.contracts.analysis.OrderAgreementResult;
import io.thetascope.contracts.analysis.OrderResult;

/** Whether two runs learned in the same order (MEASURES §4). */
@SuppressWarnings("DoNotCallSuggester")
public final class OrderAgreement {
    private OrderAgreement() {}

    /**
     * Compares two runs.
     *
     * @throws io.thetascope.measures.NotMeasurableException when their checkpoints lie at different epochs
     */
    public static OrderAgreementResult measure(OrderResult left, OrderResult right) {
        throw new UnsupportedOperationException("in the making");
    }
}
