package io.thetascope.contracts.study;

import io.thetascope.contracts.identity.Digest;
import java.util.List;

/**
 * The pretrained weights that a user uploaded for a network ({@code pretrained/{network}.json}); the newest upload is the
 * one that studies take unless they choose.
 *
 * @param network the recipient's
 * @param digest of the safetensors file in the object store
 * @param bytes its size
 * @param used tensors that a run starts from
 * @param replaced tensors that are drawn anew: the head
 */
public record UploadedWeights(String network, Digest digest, long bytes, List<String> used, List<String> replaced) {
    public UploadedWeights {
        used = List.copyOf(used);
        replaced = List.copyOf(replaced);
    }
}
