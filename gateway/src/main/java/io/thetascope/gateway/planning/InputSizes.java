package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.study.DatasetSource;
import io.thetascope.gateway.request.Problems;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether images and networks fit the size that a study asks for: images are padded alike on all sides, never cut. */
final class InputSizes {
    private static final Map<String, Integer> SIDES = Map.of("mnist", 28, "fashion-mnist", 28, "cifar10", 32);

    private final Problems problems;
    private final Set<String> known = new HashSet<>();

    InputSizes(Problems problems) {
        this.problems = problems;
    }

    void images(DatasetSource images, int size) {
        int side = SIDES.getOrDefault(images.name(), size);
        if (size < side || (size - side) % 2 != 0) {
            problems.add(
                    "inputSize",
                    size,
                    "at least " + side + ", and an even number, so that " + images.name() + "'s " + side + " by " + side
                            + " pixels can be padded alike on all sides");
        }
    }

    /** Returns a network at an input; empty where it cannot see it, which {@link #network} notes. */
    static Optional<NetworkDescription> fitting(String network, InputShape input) {
        try {
            return Optional.of(Networks.named(network, input));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Notes once that a network cannot see an input of this size. */
    void network(String network, InputShape input) {
        if (!known.add(network + input)) {
            return;
        }
        try {
            Networks.named(network, input);
        } catch (IllegalArgumentException e) {
            problems.add(
                    "inputSize",
                    input.height(),
                    "a size that " + network + " fits; at " + input + " it does not: " + e.getMessage());
        }
    }
}
