package io.thetascope.artifacts.store;

import java.time.Instant;

/**
 * What the store says about an object without sending it. No ETag: stores disagree on what it means.
 *
 * @param key its name
 * @param bytes its size
 * @param modified when it was written, by the store's clock
 */
public record ObjectStat(String key, long bytes, Instant modified) {}
