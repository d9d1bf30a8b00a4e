package io.thetascope.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.gateway.damage.Damage;
import io.thetascope.gateway.report.page.ReportPage;
import io.thetascope.gateway.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A study in which a donor sees grey images in colour, beside a base run of the same network on the same data set. */
class DonorRowsTest {
    private static final AcceptedStudy STUDY = Samples.plan("{networks: [lenet], datasets: [fashion-mnist, cifar10],"
                    + " initializations: [kaiming-uniform, pretrained], perturbations: [sign-flip]}")
            .acceptable();

    private static String html() {
        return ReportPage.html(Report.of(new ReportData(
                STUDY, "running", ReportFixture.NOON, null, List.of(), List.of(), Damage.NONE, "0.1.0")));
    }

    @Test
    void donorsStandApartFromTheBaseRuns() {
        assertThat(html())
                .contains("Donors, lenet on fashion-mnist seen as 3x32x32")
                .contains("Donors, lenet on mnist seen as 1x32x32")
                .contains("Base runs, lenet on fashion-mnist")
                .doesNotContain("Base runs, lenet on mnist");
    }

    @Test
    void aDonorIsNamedWithWhatItSees() {
        assertThat(html())
                .contains("fashion-mnist, kaiming-uniform (donor, sees 3x32x32)")
                .contains("mnist, kaiming-uniform (donor, sees 1x32x32)")
                .contains(">fashion-mnist, kaiming-uniform<");
    }
}
