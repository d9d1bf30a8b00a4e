package io.thetascope.networks;

import io.thetascope.contracts.run.InputShape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The networks that a study can name. */
public final class Networks {

    /** Classes of every data set of the study. */
    static final int CLASSES = 10;

    private static final Map<String, BiFunction<String, InputShape, NetworkDescription>> KNOWN = new TreeMap<>(Map.of(
            "lenet", LeNet5::describe,
            "resnet18", ResNet18::describe,
            "resnet18-cifar", ResNet18::describeWithCifarStem,
            "vgg19", Vgg19::describe,
            "vgg19-small", Vgg19::describeWithSmallHead));

    private Networks() {}

    /** Names of all networks, in alphabetical order. */
    public static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }

    /**
     * The description of a network at an input.
     *
     * @throws IllegalArgumentException when there is no such network (the message names those there are), or it does
     *     not fit the input
     */
    public static NetworkDescription named(String name, InputShape input) {
        BiFunction<String, InputShape, NetworkDescription> describe = KNOWN.get(name);
        if (describe == null) {
            throw new IllegalArgumentException("there is no network " + name + "; known are " + names());
        }
        return describe.apply(name, input);
    }
}
