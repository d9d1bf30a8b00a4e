package io.thetascope.contracts.study;

import org.jspecify.annotations.Nullable;

/**
 * Where the pretrained weights of matching cells come from.
 *
 * @param network the recipient's
 * @param dataset the recipient's; absent for every data set
 * @param from {@code run:} and a run id, or the digest of uploaded weights
 */
public record PretrainedChoice(String network, @Nullable String dataset, String from) {}
