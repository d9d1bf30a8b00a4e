package io.thetascope.networks;

import java.util.List;

/**
 * Sets elements to 0 with a probability while training and scales the rest by 1/(1−p); does nothing otherwise.
 *
 * @param name PyTorch's module name; the masks are drawn from (dropout seed, step, name)
 * @param input the layer it reads
 * @param inputShape any
 * @param probability of an element to be dropped, in [0, 1)
 */
public record Dropout(String name, String input, Shape inputShape, double probability) implements Layer {

    /** Refuses a probability outside [0, 1). */
    public Dropout {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException("probability of dropout " + name + " must be in [0, 1): " + probability);
        }
    }

    @Override
    public List<String> inputs() {
        return List.of(input);
    }

    @Override
    public Shape outputShape() {
        return inputShape;
    }
}
