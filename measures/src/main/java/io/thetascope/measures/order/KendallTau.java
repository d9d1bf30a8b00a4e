package io.thetascope.measures.order;

import io.thetascope.contracts.analysis.OrderAgreementResult.RankAgreement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Kendall's τ-b (1945), whose denominator takes the ties of both sides out. */
final class KendallTau {
    private static final double NORMAL_95 = 1.96;
    private static final double FIELLER = 0.437; // variance of atanh τ times n − 4, Fieller, Hartley and Pearson 1957
    private static final int FIELLER_LESS = 4;

    private KendallTau() {}

    /**
     * Compares two rankings.
     *
     * @param left finite
     * @param right of the same things in the same order
     */
    static RankAgreement of(List<Double> left, List<Double> right) {
        int n = left.size();
        Double tau = tau(left, right);
        if (tau == null || n <= FIELLER_LESS || Math.abs(tau) == 1) {
            return new RankAgreement(n, tau, null, null);
        }
        double z = 0.5 * Math.log((1 + tau) / (1 - tau));
        double margin = NORMAL_95 * Math.sqrt(FIELLER / (n - FIELLER_LESS));
        return new RankAgreement(n, tau, Math.tanh(z - margin), Math.tanh(z + margin));
    }

    private static @Nullable Double tau(List<Double> left, List<Double> right) {
        long score = 0;
        long untiedLeft = 0;
        long untiedRight = 0;
        for (int i = 0; i < left.size(); i++) {
            for (int j = 0; j < i; j++) {
                int byLeft = Integer.signum(left.get(i).compareTo(left.get(j)));
                int byRight = Integer.signum(right.get(i).compareTo(right.get(j)));
                score += (long) byLeft * byRight;
                untiedLeft += Math.abs(byLeft);
                untiedRight += Math.abs(byRight);
            }
        }
        return untiedLeft == 0 || untiedRight == 0 ? null : score / Math.sqrt((double) untiedLeft * untiedRight);
    }
}
