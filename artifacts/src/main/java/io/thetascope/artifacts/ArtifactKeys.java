package io.thetascope.artifacts;

import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.identity.StudyId;
import java.util.Locale;

/** The one class that knows the names of objects. Names that carry a digest are never written with other bytes. */
public final class ArtifactKeys {
    private static final String TENSORS = ".safetensors";

    private ArtifactKeys() {}

    /** Returns the prefix of everything that belongs to a run, without the slash; jobs keep their owner there. */
    public static String run(RunId run) {
        return "runs/" + run;
    }

    /** Returns the prefix of an analysis's job, without the slash. */
    public static String analysisJob(AnalysisId analysis) {
        return "analyses/" + analysis;
    }

    /** Returns the accepted study, fully resolved. */
    public static String study(StudyId study) {
        return "studies/" + study + ".json";
    }

    /** Returns the prefix of all accepted studies. */
    public static String studies() {
        return "studies/";
    }

    /** Returns the resolved spec of a run. */
    public static String spec(RunId run) {
        return run(run) + "/spec.json";
    }

    /** Returns the authority on a run that ended for good. */
    public static String result(RunId run) {
        return run(run) + "/result.json";
    }

    /** Returns the mark that a study wants a run. */
    public static String wantedBy(RunId run, StudyId study) {
        return wantedBy(run) + study;
    }

    /** Returns the prefix of the marks of all studies that want a run. */
    public static String wantedBy(RunId run) {
        return run(run) + "/wanted-by/";
    }

    /**
     * Returns who works on a job.
     *
     * @param job {@link #run} or {@link #analysisJob}
     */
    public static String owner(String job) {
        return job + "/owner.json";
    }

    /** Returns what is known of an attempt that failed. */
    public static String attempt(String job, Attempt attempt) {
        return attempts(job) + attempt + ".json";
    }

    /** Returns the prefix of all failed attempts of a job. */
    public static String attempts(String job) {
        return job + "/attempts/";
    }

    /** Returns the weights of a run at a step. */
    public static String checkpoint(RunId run, Step step, Digest digest) {
        return new StepKey(run, StepKey.Kind.CHECKPOINT, step, digest.prefix()).key();
    }

    /** Returns the prefix of all checkpoints of a run. */
    public static String checkpoints(RunId run) {
        return StepKey.folder(run, StepKey.Kind.CHECKPOINT);
    }

    /** Returns the prefix of a run's checkpoints at a step; normally there is one. */
    public static String checkpoints(RunId run, Step step) {
        return StepKey.prefix(run, StepKey.Kind.CHECKPOINT, step);
    }

    /** Returns the bits of which parameters ever had a gradient, and ever changed, up to a step. */
    public static String evidence(RunId run, Step step, Digest digest) {
        return new StepKey(run, StepKey.Kind.EVIDENCE, step, digest.prefix()).key();
    }

    /** Returns the prefix of all evidence of a run. */
    public static String evidence(RunId run) {
        return StepKey.folder(run, StepKey.Kind.EVIDENCE);
    }

    /** Returns the optimizer's state at a step, from which a run can go on. */
    public static String resume(RunId run, Step step, Digest digest) {
        return resumes(run) + String.format(Locale.ROOT, "step-%08d-%s", step.value(), digest.prefix()) + TENSORS;
    }

    /** Returns the name of the latest resume point's description. */
    public static String resumePoint(RunId run) {
        return resumes(run) + "latest.json";
    }

    /** Returns the prefix of all that is removed once a run has its result. */
    public static String resumes(RunId run) {
        return run(run) + "/resume/";
    }

    /** Returns an analysis's result as JSON. */
    public static String analysis(AnalysisId analysis) {
        return analysisJob(analysis) + ".json";
    }

    /** Returns an analysis's tensors. */
    public static String analysisTensors(AnalysisId analysis) {
        return analysisJob(analysis) + TENSORS;
    }

    /** Returns a data set in its one canonical form; the digest is the file's. */
    public static String dataset(Digest digest) {
        return "datasets/" + digest + "/data" + TENSORS;
    }

    /** Returns uploaded weights; the digest is the file's. */
    public static String pretrained(Digest digest) {
        return "pretrained/" + digest + TENSORS;
    }

    /** Returns which uploaded weights are a network's newest. */
    public static String pretrainedOf(String network) {
        return "pretrained/" + network + ".json";
    }
}
