package io.thetascope.measures.factors;

/**
 * What no effect explains: the seeds, and interactions that are not in the model.
 *
 * @param df degrees of freedom, at least 1
 * @param sumOfSquares above 0
 * @param share N·MSE / (SS total + MSE); with the ω² of the effects it makes 1 in a balanced design
 */
public record Residual(int df, double sumOfSquares, double share) {
    static Residual of(int df, double sumOfSquares, double total, int n) {
        double mse = sumOfSquares / df;
        return new Residual(df, sumOfSquares, n * mse / (total + mse));
    }

    double meanSquare() {
        return sumOfSquares / df;
    }
}
