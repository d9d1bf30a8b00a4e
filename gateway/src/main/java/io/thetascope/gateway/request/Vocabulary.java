package io.thetascope.gateway.request;

import java.util.List;

/**
 * What a study can name today.
 *
 * @param networks that are described
 * @param datasets that are looked for
 * @param initializations that can be drawn
 * @param optimizers that the trainer has
 * @param perturbations that the perturbation service has
 */
public record Vocabulary(
        List<String> networks,
        List<String> datasets,
        List<String> initializations,
        List<String> optimizers,
        List<String> perturbations) {
    public Vocabulary {
        networks = List.copyOf(networks);
        datasets = List.copyOf(datasets);
        initializations = List.copyOf(initializations);
        optimizers = List.copyOf(optimizers);
        perturbations = List.copyOf(perturbations);
    }

    List<String> ofFactor(String factor) {
        return switch (factor) {
            case "network" -> networks;
            case "dataset" -> datasets;
            case "initialization" -> initializations;
            case "optimizer" -> optimizers;
            default -> throw new IllegalArgumentException("no factor " + factor);
        };
    }
}
