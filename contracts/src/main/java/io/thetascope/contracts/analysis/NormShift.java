package io.thetascope.contracts.analysis;

/**
 * What a sign-flip does to the output of a BatchNorm whose input it negates: with recomputed statistics it is off by 2β, with the
 * stored ones by 2γμ/σ besides (MEASURES §5).
 *
 * @param layer the BatchNorm
 * @param units its channels
 * @param biasShift root mean square of 2β over the units, in units of the layer's output
 * @param meanShift root mean square of 2γμ/σ over the units, σ = √(running variance + ε)
 */
public record NormShift(String layer, int units, double biasShift, double meanShift) {}
