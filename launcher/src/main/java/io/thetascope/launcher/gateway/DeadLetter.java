package io.thetascope.launcher.gateway;

import org.jspecify.annotations.Nullable;

/**
 * A message that gave up or could not be read, as the gateway lists it.
 *
 * @param id by which it is sent again
 * @param time when it was laid aside
 * @param key of the message, such as a run id; absent where it had none
 * @param reason in a few words
 * @param error the last one
 * @param resentAt when it was sent again; absent while it was not
 */
public record DeadLetter(
        String id,
        String time,
        @Nullable String key,
        @Nullable String reason,
        @Nullable String error,
        @Nullable String resentAt) {}
