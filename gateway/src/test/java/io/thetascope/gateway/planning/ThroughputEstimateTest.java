package io.thetascope.gateway.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.run.RunSpec;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.networks.Networks;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThroughputEstimateTest {
    private static final double RATE = 1_200;

    private static RunSpec run(String more) {
        return Samples.plan("{networks: [resnet18], datasets: [mnist], epochs: 10, test: {limit: 3000}, " + more + "}")
                .study()
                .runs()
                .get(0)
                .spec();
    }

    private static double seconds(RunSpec planned, RunSpec... trained) {
        List<MeasuredRates.Epochs> epochs = List.of(trained).stream()
                .map(run -> new MeasuredRates.Epochs(run, 2, 2 / RATE))
                .toList();
        return new ThroughputEstimate(MeasuredRates.of(epochs)).seconds(planned);
    }

    @Test
    void countsTheImagesOfEveryEpochAtTheMeasuredRate() {
        RunSpec run = run("train: {limit: 6000}");
        double images = 10 * 6000 + (11 * 3000 + 6000) / 3.0;
        assertThat(seconds(run, run)).isCloseTo(images / RATE, within(1e-6));
    }

    @Test
    void countsValidationImagesAfterEveryEpochToo() {
        RunSpec run = run("train: {limit: 6000, validation: 900}");
        double images = 10 * 6000 + (11 * (3000 + 900) + 6000) / 3.0;
        assertThat(seconds(run, run)).isCloseTo(images / RATE, within(1e-6));
    }

    @Test
    void convertsWhatWasMeasuredAtAnotherSizeByWhatTheNetworkComputes() {
        RunSpec small = run("train: {limit: 6000}");
        RunSpec large = run("train: {limit: 6000}, inputSize: 64");
        double share = (double) Networks.named("resnet18", large.input()).multiplyAdds()
                / Networks.named("resnet18", small.input()).multiplyAdds();

        assertThat(share).isGreaterThan(2);
        assertThat(seconds(large, small)).isCloseTo(seconds(small, small) * share, within(1e-6));
        // both measured at the same images per second: the mean over the time that a multiply-add took
        double mean = 2 / (1 + 1 / share);
        assertThat(seconds(small, small, large)).isCloseTo(seconds(small, small) / mean, within(1e-6));
    }

    @Test
    void whatWasMeasuredOnOtherThreadsOrOfAnotherNetworkSaysNothing() {
        RunSpec one = run("train: {limit: 6000}");
        RunSpec two = run("train: {limit: 6000, threads: 2}");
        RunSpec other = Samples.plan("{networks: [lenet], datasets: [mnist]}")
                .study()
                .runs()
                .get(0)
                .spec();
        assertThat(seconds(two, one, other)).isEqualTo(seconds(two)).isNotEqualTo(seconds(two, two));
    }
}
