package io.thetascope.gateway.report.deck;

import org.jspecify.annotations.Nullable;

/**
 * A share that a slide gives.
 *
 * @param words of the slide
 * @param network as the slide says
 * @param dataset under our name; absent where the slide says all
 * @param unchanged whether the share is that of unchanged parameters, else of changed ones
 * @param least what the share reaches or exceeds, 0–1
 */
public record DeckClaim(
        String words, DeckNetwork network, @Nullable String dataset, boolean unchanged, double least) {}
