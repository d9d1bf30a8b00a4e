package io.thetascope.measures.integrity;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.StoredCheckpoint;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint of a run's result, and what was found in its place.
 *
 * @param announced by the result
 * @param found digest of the bytes that lie at the key; absent where nothing does
 * @param unreadable why the bytes are no checkpoint of the network; absent where they are
 * @param run that the file's metadata names; absent where it names none
 * @param step that the file's metadata names; absent where it names none
 * @param epoch that the file's metadata names; absent where it names none
 * @param notFinite name of a tensor with a value that is not finite; absent where there is none
 * @param content digest over the bytes of all tensors, metadata left out; absent where they could not be read
 * @param distance ‖θ − θ of the checkpoint before in the result‖₂; absent for the first, and where either could not be read
 */
public record ExaminedCheckpoint(
        StoredCheckpoint announced,
        @Nullable Digest found,
        @Nullable String unreadable,
        @Nullable RunId run,
        @Nullable Step step,
        @Nullable Integer epoch,
        @Nullable String notFinite,
        @Nullable Digest content,
        @Nullable Double distance) {}
