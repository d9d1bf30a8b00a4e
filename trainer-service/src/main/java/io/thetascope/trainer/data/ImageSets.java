package io.thetascope.trainer.data;

/**
 * What a run sees.
 *
 * @param train in the file's order
 * @param test in the file's order
 */
public record ImageSets(HostImages train, HostImages test) {}
