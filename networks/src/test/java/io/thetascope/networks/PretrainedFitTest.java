package io.thetascope.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.run.InputShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files are those of torchvision: its names and shapes, with 1,000 classes. */
class PretrainedFitTest {

    private static final InputShape INPUT = new InputShape(3, 32, 32);
    private final NetworkDescription resnet = Networks.named("resnet18", INPUT);
    private final NetworkDescription vgg = Networks.named("vgg19", INPUT);
    private final NetworkDescription small = Networks.named("vgg19-small", INPUT);

    @Test
    void takesEverythingOfTorchvisionsResNetButTheHead() {
        PretrainedFit fit = PretrainedFit.of(resnet, imageNetResNet());

        assertThat(fit.used())
                .hasSize(120)
                .startsWith("conv1.weight", "bn1.weight")
                .doesNotContain("fc.weight");
        assertThat(fit.replaced()).containsExactly("fc.weight", "fc.bias");
        assertThat(fit.ignored()).isEmpty();
    }

    @Test
    void replacesAHeadOfTheRightShapeToo() {
        PretrainedFit fit = PretrainedFit.of(resnet, shapes(resnet));

        assertThat(fit.used()).hasSize(120);
        assertThat(fit.replaced()).containsExactly("fc.weight", "fc.bias");
    }

    @Test
    void needsNoHeadInTheFile() {
        Map<String, List<Long>> file = imageNetResNet();
        file.keySet().removeIf(name -> name.startsWith("fc."));

        assertThat(PretrainedFit.of(resnet, file).replaced()).containsExactly("fc.weight", "fc.bias");
    }

    @Test
    void ofTorchvisionsVggTheHiddenLayersOfTheClassifierAreUsedAndTheLastIsReplaced() {
        PretrainedFit fit = PretrainedFit.of(vgg, imageNetVgg());

        assertThat(fit.used()).hasSize(36).endsWith("classifier.3.weight", "classifier.3.bias");
        assertThat(fit.replaced()).containsExactly("classifier.6.weight", "classifier.6.bias");
    }

    @Test
    void torchvisionsVggFitsTheSmallHeadWhichIgnoresItsClassifier() {
        PretrainedFit fit = PretrainedFit.of(small, imageNetVgg());

        assertThat(fit.used()).hasSize(32).allMatch(name -> name.startsWith("features."));
        assertThat(fit.replaced()).containsExactly("classifier.weight", "classifier.bias");
        assertThat(fit.ignored())
                .containsExactly(
                        "classifier.0.bias",
                        "classifier.0.weight",
                        "classifier.3.bias",
                        "classifier.3.weight",
                        "classifier.6.bias",
                        "classifier.6.weight");
    }

    @Test
    void toleratesFilesFromBeforeBatchCountsWereKept() {
        Map<String, List<Long>> file = imageNetResNet();
        file.keySet().removeIf(name -> name.endsWith(".num_batches_tracked"));

        assertThat(PretrainedFit.of(resnet, file).used())
                .hasSize(100)
                .noneMatch(name -> name.endsWith("num_batches_tracked"));
    }

    @Test
    void namesATensorOfAnotherShape() {
        NetworkDescription cifar = Networks.named("resnet18-cifar", INPUT);

        assertThatThrownBy(() -> PretrainedFit.of(cifar, imageNetResNet()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the weights do not fit resnet18-cifar: "
                        + "conv1.weight is [64, 3, 7, 7] where resnet18-cifar has [64, 3, 3, 3]");
    }

    @Test
    void namesWhatIsMissingAndWhatIsTooMuch() {
        Map<String, List<Long>> file = imageNetResNet();
        file.remove("bn1.running_var");
        file.put("conv9.weight", List.of(1L));
        file.put("bn1.num_batches_tracked", List.of(1L));

        assertThatThrownBy(() -> PretrainedFit.of(resnet, file))
                .hasMessageContaining("bn1.running_var [64] is missing")
                .hasMessageContaining("conv9.weight [1] is no tensor of resnet18")
                .hasMessageContaining("bn1.num_batches_tracked is [1] where resnet18 has []");
    }

    @Test
    void saysTenProblemsAndCountsTheOthers() {
        assertThatThrownBy(() -> PretrainedFit.of(small, Map.of()))
                .hasMessageContaining("features.10.weight")
                .hasMessageNotContaining("features.12.weight")
                .hasMessageEndingWith("; and 22 more");
    }

    private Map<String, List<Long>> imageNetResNet() {
        Map<String, List<Long>> shapes = shapes(resnet);
        shapes.put("fc.weight", List.of(1000L, 512L));
        shapes.put("fc.bias", List.of(1000L));
        return shapes;
    }

    private Map<String, List<Long>> imageNetVgg() {
        Map<String, List<Long>> shapes = shapes(vgg);
        shapes.put("classifier.6.weight", List.of(1000L, 4096L));
        shapes.put("classifier.6.bias", List.of(1000L));
        return shapes;
    }

    private static Map<String, List<Long>> shapes(NetworkDescription network) {
        return new HashMap<>(network.state().stream()
                .collect(Collectors.toMap(
                        StateTensor::name,
                        tensor -> tensor.shape().extents().stream()
                                .map(Integer::longValue)
                                .toList())));
    }
}
