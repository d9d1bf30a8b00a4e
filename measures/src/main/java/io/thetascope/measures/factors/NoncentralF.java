package io.thetascope.measures.factors;

import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;

/**
 * The noncentral F distribution as a Poisson mixture of incomplete beta functions (Johnson, Kotz and Balakrishnan, Continuous
 * Univariate Distributions 2, §30.2): P(F ≤ x; λ) = Σⱼ Poisson(j; λ/2) · I_y(df₁/2 + j, df₂/2), y = df₁x / (df₁x + df₂).
 */
final class NoncentralF {
    /** A probability of 0.975: the least λ of a 95 % interval. */
    static final double UPPER_TAIL = 0.975;
    /** A probability of 0.025: the greatest λ. */
    static final double LOWER_TAIL = 0.025;

    private static final double DEVIATIONS = 12; // of the Poisson weights that are summed, at each side
    private static final int MORE_TERMS = 40;
    private static final double PRECISION = 1e-11; // of λ, relative
    private static final int MOST_HALVINGS = 200;

    /**
     * From this df₁x on the numerator is as good as its mean λ: λ follows to a relative 1e-3, and so λ / (λ + N) to N · 1e-9 where
     * df₂ is 4 or more, as it is with three seeds in each of two cells.
     */
    private static final double LARGE = 1e7;

    private final double df1;
    private final double df2;

    NoncentralF(double df1, double df2) {
        if (!(df1 > 0 && df2 > 0)) {
            throw new IllegalArgumentException("degrees of freedom must be > 0: " + df1 + ", " + df2);
        }
        this.df1 = df1;
        this.df2 = df2;
    }

    /** Returns P(F > x) at λ = 0, precise where it is tiny. */
    double centralUpperTail(double x) {
        return Beta.regularizedBeta(df2 / (df2 + df1 * x), df2 / 2, df1 / 2);
    }

    /** Returns P(F ≤ x) for x ≥ 0 and a noncentrality ≥ 0. */
    double cumulative(double x, double noncentrality) {
        double y = df1 * x / (df1 * x + df2);
        if (noncentrality == 0 || x == 0) {
            return x == 0 ? 0 : Beta.regularizedBeta(y, df1 / 2, df2 / 2);
        }
        double mean = noncentrality / 2;
        double reach = DEVIATIONS * Math.sqrt(mean) + MORE_TERMS;
        return mixture(y, mean, (int) Math.max(0, mean - reach), (int) (mean + reach));
    }

    /** Sums downwards, where I_y(a, b) = I_y(a + 1, b) + y^a (1 − y)^b / (a B(a, b)) only ever adds. */
    private double mixture(double y, double mean, int first, int last) {
        double b = df2 / 2;
        double a = df1 / 2 + last;
        double beta = Beta.regularizedBeta(y, a, b);
        double logStep = a * Math.log(y) + b * Math.log1p(-y) - Math.log(a) - Beta.logBeta(a, b);
        double logWeight = last * Math.log(mean) - mean - Gamma.logGamma(last + 1.0);
        double sum = Math.exp(logWeight) * beta;
        for (int j = last; j > first; j--) {
            logStep += Math.log(a) - Math.log(a + b - 1) - Math.log(y);
            logWeight += Math.log(j) - Math.log(mean);
            a -= 1;
            beta += Math.exp(logStep);
            sum += Math.exp(logWeight) * beta;
        }
        return Math.min(1, sum);
    }

    /**
     * Returns the λ at which P(F ≤ x; λ) is that probability; 0 where even λ = 0 makes it no larger. The work does not grow with x:
     * where it is large, F is λ / df₁ over a mean square of df₂ normal numbers.
     */
    double noncentralityAt(double x, double probability) {
        if (df1 * x > LARGE) {
            double squares = new ChiSquaredDistribution(df2).inverseCumulativeProbability(1 - probability);
            return df1 * x * squares / df2;
        }
        if (cumulative(x, 0) <= probability) {
            return 0;
        }
        double low = 0;
        double high = Math.max(1, df1 * x);
        while (cumulative(x, high) > probability) {
            low = high;
            high *= 2;
        }
        for (int i = 0; i < MOST_HALVINGS && high - low > PRECISION * high; i++) {
            double middle = (low + high) / 2;
            if (cumulative(x, middle) > probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
