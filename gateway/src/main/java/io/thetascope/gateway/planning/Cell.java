package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.Initialization;
import java.util.Map;

/**
 * One combination of the grid's factors; the seeds are its replications.
 *
 * @param network such as lenet
 * @param dataset such as mnist
 * @param initialization such as kaiming-uniform
 * @param optimizer sgd or adam
 */
record Cell(String network, String dataset, String initialization, String optimizer) {
    /** Whether its runs start from weights that were trained before. */
    boolean pretrained() {
        return initialization.equals(Initialization.PRETRAINED);
    }

    /** Returns it as one says it. */
    String words() {
        return network + " on " + dataset + ", " + initialization + ", " + optimizer;
    }

    /** Whether every factor named here has this cell's value. */
    boolean matches(Map<String, String> factors) {
        return factors.entrySet().stream().allMatch(f -> f.getValue().equals(value(f.getKey())));
    }

    private String value(String factor) {
        return switch (factor) {
            case "network" -> network;
            case "dataset" -> dataset;
            case "initialization" -> initialization;
            case "optimizer" -> optimizer;
            default -> throw new IllegalArgumentException("no factor " + factor);
        };
    }
}
