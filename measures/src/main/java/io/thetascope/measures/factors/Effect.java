package io.thetascope.measures.factors;

/**
 * What one factor, or two together beyond each alone, does to a measure. N observations; MSE is the residual's SS / df.
 *
 * @param name of the factor; two names with × between them for an interaction
 * @param df degrees of freedom
 * @param sumOfSquares type II: what it explains beyond every term that does not contain it
 * @param f SS / df / MSE
 * @param p probability of an F this large or larger without the effect
 * @param omegaSquared (SS − df·MSE) / (SS total + MSE): its share of the whole variance; may be negative, which says none
 * @param partial (SS − df·MSE) / (SS + (N − df)·MSE): its share beside the residual alone, as if nothing else varied; equal to
 *     {@code omegaSquared} where there is one effect
 * @param partialLow lower limit of {@code partial} at 95 %: λ / (λ + N) of the least noncentrality λ that F allows
 * @param partialHigh upper limit, of the greatest
 */
public record Effect(
        String name,
        int df,
        double sumOfSquares,
        double f,
        double p,
        double omegaSquared,
        double partial,
        double partialLow,
        double partialHigh) {
    static Effect of(String name, int df, double sumOfSquares, Residual residual, double total, int n) {
        double mse = residual.meanSquare();
        double f = sumOfSquares / df / mse;
        NoncentralF distribution = new NoncentralF(df, residual.df());
        double excess = sumOfSquares - df * mse;
        double low = distribution.noncentralityAt(f, NoncentralF.UPPER_TAIL);
        double high = distribution.noncentralityAt(f, NoncentralF.LOWER_TAIL);
        return new Effect(
                name,
                df,
                sumOfSquares,
                f,
                distribution.centralUpperTail(f),
                excess / (total + mse),
                excess / (sumOfSquares + (n - df) * mse),
                low / (low + n),
                high / (high + n));
    }
}
