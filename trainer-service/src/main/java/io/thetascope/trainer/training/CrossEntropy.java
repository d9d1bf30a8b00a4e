package io.thetascope.trainer.training;

import ai.djl.ndarray.NDArray;

// B batch, C classes

/** Loss and hits of a batch; results belong to the manager of the logits. */
final class CrossEntropy {
    private CrossEntropy() {}

    /** Returns the mean over the batch of −log softmax at the label, a scalar. */
    static NDArray mean(NDArray logitsBC, NDArray labelsB1) {
        return logitsBC.logSoftmax(1).gather(labelsB1, 1).mean().neg();
    }

    /** Returns how many images have their largest logit at the label, a scalar. */
    static NDArray hits(NDArray logitsBC, NDArray labelsB1) {
        return logitsBC.argMax(1).eq(labelsB1.reshape(-1)).sum();
    }
}
