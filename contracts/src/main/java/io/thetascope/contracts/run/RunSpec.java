package io.thetascope.contracts.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * One training, fully resolved: everything that decides the result, and nothing else. Its id is computed from it, so the
 * same run asked for twice is trained once.
 *
 * @param format version of this description, {@link #FORMAT}
 * @param network lenet, resnet18, resnet18-cifar, vgg19 or vgg19-small
 * @param input what the network sees
 * @param dataset which images
 * @param initialization of generation 0; a generation-1 run keeps its parent's, as a label of where it comes from
 * @param optimizer with all its numbers
 * @param batch images a step
 * @param epochs of training
 * @param checkpoints when weights are kept
 * @param seeds init, order, dropout
 * @param threads of the numerical library, which decide the rounding
 * @param evidence whether two bits a parameter are kept (gradient seen, value changed)
 * @param origin for generation 1: the parent and what was done to it
 */
public record RunSpec(
        int format,
        String network,
        InputShape input,
        DatasetUse dataset,
        Initialization initialization,
        OptimizerSpec optimizer,
        int batch,
        int epochs,
        CheckpointSchedule checkpoints,
        Seeds seeds,
        int threads,
        boolean evidence,
        @Nullable Origin origin) {
    /** The version written today. In version 1 the starts of one seed shared their random numbers across initialisations. */
    public static final int FORMAT = 2;

    public RunSpec {
        if (batch < 1 || epochs < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "batch, epochs and threads must be >= 1: " + batch + ", " + epochs + ", " + threads);
        }
        if (origin != null && seeds.init() != 0) {
            throw new IllegalArgumentException("a generation-1 run draws nothing, its init seed is 0: " + seeds.init());
        }
    }

    /** Returns the id that this spec's content gives it. */
    @JsonIgnore
    public RunId id() {
        return RunId.ofCanonical(Json.canonical(this));
    }

    /** Returns 0 for a run from an initialisation, 1 for a retraining. */
    @JsonIgnore
    public int generation() {
        return origin == null ? 0 : 1;
    }

    /** Returns when this run steps, and when it keeps its weights. */
    @JsonIgnore
    public TrainingSchedule schedule() {
        return new TrainingSchedule(dataset.train(), batch, epochs, checkpoints);
    }

    /** Returns the retraining of this run from its perturbed end. */
    public RunSpec perturbed(Perturbation perturbation) {
        RunId parent = id();
        return retraining(new Origin(parent, perturbation, null), Seeds.ofRetraining(parent));
    }

    /** Returns the control that retrains this run from its end as it is. */
    public RunSpec twin(Twin twin) {
        RunId parent = id();
        Seeds twinSeeds =
                twin.kind().equals(Twin.SAME_SEED) ? Seeds.ofRetraining(parent) : Seeds.ofNewTwin(parent, twin.index());
        return retraining(new Origin(parent, null, twin), twinSeeds);
    }

    private RunSpec retraining(Origin from, Seeds newSeeds) {
        if (origin != null) {
            throw new IllegalStateException("only generation-0 runs are retrained: " + id());
        }
        return new RunSpec(
                format,
                network,
                input,
                dataset,
                initialization,
                optimizer,
                batch,
                epochs,
                checkpoints,
                newSeeds,
                threads,
                evidence,
                from);
    }
}
