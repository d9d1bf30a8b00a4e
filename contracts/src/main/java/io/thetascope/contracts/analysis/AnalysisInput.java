package io.thetascope.contracts.analysis;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;

/**
 * A checkpoint that an analysis reads, before its digest is known.
 *
 * @param name what it is to the analysis: start, before, from, to, at, left, right, perturbed, twin; where several checkpoints
 *     of a run are read, the name of the side and the step, such as {@code at-160}
 * @param runId whose checkpoint
 * @param step which one
 */
public record AnalysisInput(String name, RunId runId, Step step) {
    public static final String START = "start";
    /** The checkpoint before {@link #FROM}, where there is one: for the angle between successive displacements. */
    public static final String BEFORE = "before";

    public static final String FROM = "from";
    public static final String TO = "to";
    public static final String AT = "at";
    public static final String LEFT = "left";
    public static final String RIGHT = "right";
    /** θp: the child's starting point. */
    public static final String PERTURBED = "perturbed";
    /** θ2 of the same-seed twin, the yardstick for drift. */
    public static final String TWIN = "twin";

    /** Returns the input of one of several checkpoints of a side. */
    public static AnalysisInput of(String side, RunId runId, Step step) {
        return new AnalysisInput(side + "-" + step, runId, step);
    }
}
