package io.thetascope.gateway.reading;

import org.jspecify.annotations.Nullable;

/**
 * One epoch of a run's curves.
 *
 * @param epoch from 0, the starting point
 * @param step optimizer steps done
 * @param train running means over the epoch
 * @param test after the epoch
 * @param validation after the epoch on the training images held back; absent where none were
 * @param imagesPerSecond trained; absent at epoch 0
 */
public record EpochView(
        int epoch,
        long step,
        RunView.@Nullable LastFigures train,
        RunView.@Nullable LastFigures test,
        RunView.@Nullable LastFigures validation,
        @Nullable Double imagesPerSecond) {}
