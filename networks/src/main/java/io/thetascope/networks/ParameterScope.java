package io.thetascope.networks;

import io.thetascope.contracts.run.Perturbation;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which trainable values of a network a perturbation is about: all, live (those that are not geometry-dead), those of a kind, or
 * those of one layer. Never empty.
 *
 * @param network whose values they are
 * @param text as a study writes it, such as {@code all}, {@code norm-bias} or {@code conv1}
 */
public record ParameterScope(NetworkDescription network, String text) {
    private static final int MOST_NAMED = 8;

    /** Refuses a text that is no scope of the network; the message names those that are. */
    public ParameterScope {
        Optional<String> problem = problem(network, text);
        if (problem.isPresent()) {
            throw new IllegalArgumentException(problem.get());
        }
    }

    /** Returns why a text is no scope of a network, with the scopes it has, shortened; empty where it is one. */
    public static Optional<String> problem(NetworkDescription network, String text) {
        if (texts(network).contains(text)) {
            return Optional.empty();
        }
        boolean kind =
                Arrays.stream(ParameterKind.values()).anyMatch(k -> textOf(k).equals(text));
        return Optional.of(
                network.name() + " has no " + (kind ? "" : "scope ") + text + "; its scopes are " + shortened(network));
    }

    /** Returns every scope of a network: all, live, its kinds, then its layers in their order. */
    public static List<String> texts(NetworkDescription network) {
        return Stream.concat(general(network), layers(network).stream()).toList();
    }

    private static Stream<String> general(NetworkDescription network) {
        return Stream.concat(
                Stream.of(Perturbation.ALL, Perturbation.LIVE),
                Arrays.stream(ParameterKind.values())
                        .filter(kind -> network.parameters().stream().anyMatch(p -> p.kind() == kind))
                        .map(ParameterScope::textOf));
    }

    private static List<String> layers(NetworkDescription network) {
        return List.copyOf(network.parameters().stream()
                .map(Parameter::layer)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    private static String shortened(NetworkDescription network) {
        List<String> layers = layers(network);
        String named = String.join(", ", layers.subList(0, Math.min(MOST_NAMED, layers.size())));
        String rest = layers.size() > MOST_NAMED
                ? " … " + layers.get(layers.size() - 1) + " (" + layers.size() + " layers)"
                : "";
        return general(network).collect(Collectors.joining(", ")) + ", " + named + rest;
    }

    private static String textOf(ParameterKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether values of this parameter are in the scope. */
    public boolean holds(Parameter parameter) {
        return switch (text) {
            case Perturbation.ALL, Perturbation.LIVE -> true;
            default -> text.equals(textOf(parameter.kind())) || text.equals(parameter.layer());
        };
    }

    /** Returns the parameters that have values in the scope, in PyTorch's order. */
    public List<Parameter> parameters() {
        return network.parameters().stream().filter(this::holds).toList();
    }

    /** Returns which values of a parameter that the scope holds are not in it; none but for {@code live}. */
    public DeadTaps leftOut(Parameter parameter) {
        return text.equals(Perturbation.LIVE) ? network.deadTaps(parameter) : DeadTaps.none();
    }

    /** Number of values in the scope. */
    public long size() {
        return parameters().stream()
                .mapToLong(parameter -> parameter.size() - leftOut(parameter).count(parameter.size()))
                .sum();
    }
}
