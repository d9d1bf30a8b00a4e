package io.thetascope.trainer.training;

/** Asked before every batch. */
@FunctionalInterface
public interface StopSignal {
    /** Whether the training should end now. */
    boolean raised();
}
