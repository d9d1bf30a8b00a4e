package io.thetascope.gateway.reading;

import static io.thetascope.gateway.testing.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Figures;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.planning.MeasuredRates;
import io.thetascope.gateway.projection.RunRows;
import io.thetascope.gateway.projection.TrainingRows;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.gateway.testing.TestDatabase;
import io.thetascope.networks.Networks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeasuredRatesTest {
    private final Database database = TestDatabase.create();

    private RunSpec planned(String yaml) {
        RunSpec run = Samples.plan(yaml).study().runs().get(0).spec();
        database.run(session -> new RunRows(session).plan(run.id(), run));
        return run;
    }

    private void epoch(RunSpec run, int epoch, @Nullable Double rate) {
        EpochFigures figures = new EpochFigures(epoch, new Step(epoch), new Figures(1.0, 0.5), new Figures(1.0, 0.5));
        database.run(session -> new TrainingRows(session).epoch(run.id(), figures, rate));
    }

    @Test
    void isTheMeanTimeOfAnImagePerNetworkWithoutFirstEpochs() {
        RunSpec lenet = planned("{networks: [lenet], datasets: [mnist]}");
        epoch(lenet, 0, null);
        epoch(lenet, 1, 10.0);
        epoch(lenet, 2, 2_000.0);
        epoch(lenet, 3, 6_000.0);
        RunSpec once = planned("{networks: [resnet18], datasets: [mnist], epochs: 1}");
        epoch(once, 1, 150.0);

        MeasuredRates rates = new StudyReading(database, () -> NOON).measuredRates();
        assertThat(rates.multiplyAddsPerSecond()).containsOnlyKeys(trained(lenet), trained(once));
        assertThat(images(rates, lenet)).isCloseTo(3_000.0, within(1e-6));
        assertThat(images(rates, once)).isCloseTo(150.0, within(1e-6));
    }

    private static MeasuredRates.Trained trained(RunSpec run) {
        return new MeasuredRates.Trained(run.network(), run.threads());
    }

    private static double images(MeasuredRates rates, RunSpec run) {
        return rates.multiplyAddsPerSecond().getOrDefault(trained(run), 0.0)
                / Networks.named(run.network(), run.input()).multiplyAdds();
    }
}
