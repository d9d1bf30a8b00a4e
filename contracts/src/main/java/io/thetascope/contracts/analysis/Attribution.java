package io.thetascope.contracts.analysis;

/**
 * Why parameters are what they were at the start (MEASURES §2). A parameter is unchanged when it equals its start as a
 * number, so −0 = +0. Every unchanged one is counted under one cause, tested in the order of the fields; the counts add up
 * exactly.
 *
 * @param evidence whether the two bits a parameter were read that the trainer keeps; without them, what is not
 *     geometry-dead is unexplained
 * @param unchanged how many parameters equal their start
 * @param geometryDead the kernel tap can only ever meet padding at this input
 * @param dataDead no update ever had a gradient, decay included
 * @param absorbed there was a gradient, and every update rounded to nothing
 * @param returned the value changed, and is equal again
 * @param unexplained no evidence was kept, or it says that the value changed without a gradient
 * @param predictedGeometryDead how many are geometry-dead by the description of the network, known before training
 * @param geometryDeadChanged how many of those changed all the same; only weight decay and a device's rounding do that
 */
public record Attribution(
        boolean evidence,
        long unchanged,
        long geometryDead,
        long dataDead,
        long absorbed,
        long returned,
        long unexplained,
        long predictedGeometryDead,
        long geometryDeadChanged) {
    public Attribution {
        if (Math.min(Math.min(geometryDead, dataDead), Math.min(absorbed, returned)) < 0
                || Math.min(unexplained, geometryDeadChanged) < 0) {
            throw new IllegalArgumentException("counts must be >= 0: geometryDead " + geometryDead + ", dataDead "
                    + dataDead + ", absorbed " + absorbed + ", returned " + returned + ", unexplained " + unexplained
                    + ", geometryDeadChanged " + geometryDeadChanged);
        }
        if (geometryDead + dataDead + absorbed + returned + unexplained != unchanged) {
            throw new IllegalArgumentException("the causes must add up to the unchanged: " + geometryDead + " + "
                    + dataDead + " + " + absorbed + " + " + returned + " + " + unexplained + " is not " + unchanged);
        }
        if (geometryDead + geometryDeadChanged != predictedGeometryDead) {
            throw new IllegalArgumentException("geometry-dead parameters are unchanged or changed: " + geometryDead
                    + " + " + geometryDeadChanged + " is not " + predictedGeometryDead);
        }
    }
}
