package io.thetascope.networks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a network can use of a file of weights that was made elsewhere, for other classes: everything but the head, which
 * always starts fresh.
 *
 * @param used tensors taken from the file, in the network's state order
 * @param replaced parameters of the head, drawn anew whatever the file has for them
 * @param ignored tensors of the file's own head that the network has no place for, by name
 */
public record PretrainedFit(List<String> used, List<String> replaced, List<String> ignored) {

    private static final String BATCH_COUNT = ".num_batches_tracked";
    private static final int SAID = 10;

    /** Copies the lists. */
    public PretrainedFit {
        used = List.copyOf(used);
        replaced = List.copyOf(replaced);
        ignored = List.copyOf(ignored);
    }

    /**
     * Fits a file to a network. Outside the head every tensor must be there, in exactly the network's shape, and nothing
     * else; only BatchNorm's batch counts may be missing, as in files from before PyTorch kept them: they count from 0.
     *
     * @param network at the input it is trained with
     * @param shapes of the file's tensors by name, extents outermost first
     * @throws IllegalArgumentException naming what is missing, too much or of another shape: the first ten
     */
    public static PretrainedFit of(NetworkDescription network, Map<String, List<Long>> shapes) {
        Set<String> head =
                network.head().parameters().stream().map(Parameter::name).collect(Collectors.toSet());
        List<StateTensor> body = network.state().stream()
                .filter(tensor -> !head.contains(tensor.name()))
                .toList();
        Set<String> known = network.state().stream().map(StateTensor::name).collect(Collectors.toSet());
        List<String> problems = new ArrayList<>();
        List<String> used = used(network.name(), body, shapes, problems);
        List<String> ignored = ignored(network, known, shapes, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "the weights do not fit " + network.name() + ": " + String.join("; ", shortened(problems)));
        }
        return new PretrainedFit(
                used, network.head().parameters().stream().map(Parameter::name).toList(), ignored);
    }

    private static List<String> used(
            String network, List<StateTensor> body, Map<String, List<Long>> shapes, List<String> problems) {
        List<String> used = new ArrayList<>();
        for (StateTensor tensor : body) {
            List<Long> wanted =
                    tensor.shape().extents().stream().map(Integer::longValue).toList();
            List<Long> found = shapes.get(tensor.name());
            if (found == null) {
                if (!tensor.name().endsWith(BATCH_COUNT)) {
                    problems.add(tensor.name() + " " + wanted + " is missing");
                }
            } else if (found.equals(wanted)) {
                used.add(tensor.name());
            } else {
                problems.add(tensor.name() + " is " + found + " where " + network + " has " + wanted);
            }
        }
        return used;
    }

    private static List<String> ignored(
            NetworkDescription network, Set<String> known, Map<String, List<Long>> shapes, List<String> problems) {
        List<String> ignored = new ArrayList<>();
        for (String name : shapes.keySet().stream().sorted().toList()) {
            if (known.contains(name)) {
                continue;
            }
            if (name.startsWith(network.head().name() + ".")) {
                ignored.add(name);
            } else {
                problems.add(name + " " + shapes.get(name) + " is no tensor of " + network.name());
            }
        }
        return ignored;
    }

    private static List<String> shortened(List<String> problems) {
        if (problems.size() <= SAID) {
            return problems;
        }
        List<String> said = new ArrayList<>(problems.subList(0, SAID));
        said.add("and " + (problems.size() - SAID) + " more");
        return said;
    }
}
