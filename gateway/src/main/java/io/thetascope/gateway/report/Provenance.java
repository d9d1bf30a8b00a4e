package io.thetascope.gateway.report;

import io.thetascope.contracts.study.DatasetSource;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the numbers come from. The only section that depends on the clock and the machine.
 *
 * @param softwareVersion of the gateway
 * @param acceptedAt when the study was accepted
 * @param completedAt when everything planned was terminal; absent while it is not
 * @param datasets where the images came from
 * @param fingerprints of the environments, each once; more than one means that runs may differ by rounding
 * @param notRepeatable what another run on a GPU would not repeat; absent where all was computed on CPUs
 * @param runs how each run was made
 * @param notMeasured analyses without numbers, with the reason
 * @param commands to reproduce the study
 */
public record Provenance(
        String softwareVersion,
        Instant acceptedAt,
        @Nullable Instant completedAt,
        List<DatasetSource> datasets,
        List<String> fingerprints,
        @Nullable String notRepeatable,
        List<RunProvenance> runs,
        List<NotMeasured> notMeasured,
        List<Command> commands) {
    private static final String ON_GPU =
            "Equal bits are promised on a CPU alone: on a GPU the order of additions in the kernels of cuDNN and cuBLAS is"
                    + " not repeatable, while the masks of dropout, the order of the data and the starting points are equal"
                    + " everywhere.";

    static Provenance of(ReportData data, Histories histories, Measurements measured) {
        List<RunProvenance> runs =
                histories.all().stream().map(RunProvenance::of).toList();
        return new Provenance(
                data.softwareVersion(),
                data.acceptedAt(),
                data.completedAt(),
                data.study().datasets(),
                runs.stream()
                        .map(RunProvenance::fingerprint)
                        .filter(Objects::nonNull)
                        .distinct()
                        .sorted()
                        .toList(),
                runs.stream().anyMatch(RunProvenance::onGpu) ? ON_GPU : null,
                runs,
                measured.notMeasured(),
                Command.toReproduce(data.study()));
    }
}
