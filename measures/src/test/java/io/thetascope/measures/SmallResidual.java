package io.thetascope.measures;

import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.NetworkBuilder;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterKind;
import io.thetascope.networks.Window;
import java.util.function.BiPredicate;

/** A residual network that fits a page, one of its convolutions with a bias; its last stage sees one pixel, so that taps are dead. */
public final class SmallResidual {
    public static final NetworkDescription NETWORK = new NetworkBuilder("residual", new InputShape(3, 4, 4))
            .unbiasedConv("conv0", 12, new Window(3, 2, 1))
            .batchNorm("bn0")
            .relu("relu0")
            .conv("conv1", 10, new Window(3, 1, 1))
            .batchNorm("bn1")
            .relu("relu1")
            .unbiasedConv("conv2", 12, new Window(3, 1, 1))
            .batchNorm("bn2")
            .sum("sum", "bn2", "relu0")
            .relu("relu2")
            .unbiasedConv("conv3", 16, new Window(3, 2, 1))
            .batchNorm("bn3")
            .relu("relu3")
            .adaptiveAvgPool("avgpool", 1)
            .flatten("flatten")
            .linear("fc", 10)
            .build();

    private SmallResidual() {}

    /** Random values in (−½, ½), so γ of both signs. */
    public static Arrays32 model(long seed) {
        return Arrays32.random(NETWORK, seed, 1);
    }

    public static Arrays32 negated(Arrays32 model) {
        return Arrays32.of(NETWORK, (p, i) -> -model.tensor(p)[i]);
    }

    /** Negates filters, their bias and their γ where the number of the block (0 to 3) and the unit say so. */
    public static Arrays32 turned(Arrays32 model, BiPredicate<Integer, Integer> which) {
        return Arrays32.of(NETWORK, (p, i) -> {
            boolean turns = !p.layer().equals("fc")
                    && p.kind() != ParameterKind.NORM_BIAS
                    && which.test(p.layer().charAt(p.layer().length() - 1) - '0', unit(p, i));
            return turns ? -model.tensor(p)[i] : model.tensor(p)[i];
        });
    }

    private static int unit(Parameter parameter, int index) {
        return (int) (index / (parameter.size() / parameter.shape().extent(0)));
    }
}
