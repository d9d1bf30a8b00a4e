package io.thetascope.gateway.verdict;

/**
 * What a run of generation 0 is made of; a retraining has those of its parent.
 *
 * @param network name
 * @param dataset name
 * @param initialization kind
 * @param optimizer kind
 * @param seed that the user wrote
 */
public record Factors(String network, String dataset, String initialization, String optimizer, long seed) {
    private static final String AND = " · ";

    /** Returns the name of the cell: all but the seed. */
    public String cell() {
        return where() + AND + recipe();
    }

    /** Returns within what two runs can be held against each other. */
    String where() {
        return network + AND + dataset;
    }

    /** Returns the cell without the optimizer. */
    String withoutOptimizer() {
        return where() + AND + initialization;
    }

    /** Returns how it was started and trained. */
    String recipe() {
        return initialization + AND + optimizer;
    }
}
