package io.thetascope.gateway.verdict;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Perturbation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a perturbed run ended, seen from its parent and the twins (MEASURES §5).
 *
 * @param perturbation what was done
 * @param parent θ1
 * @param sameSeedTwin θ2same; absent where the study has none
 * @param newSeedTwins every θ2new of the study
 * @param batchNorm whether its network has a sign to take out
 * @param effectToNull E / N, N the mean over the new-seed twins
 * @param matchedToParent matched correlation of θ2 with θ1, raw
 * @param twinMatchedToParent that of θ2same with θ1
 * @param ratioToDrift ‖θ2 − θ1‖ / ‖θ2same − θ1‖
 * @param ratioModuloSign the same modulo BatchNorm's sign
 */
public record Retrained(
        Perturbation perturbation,
        RunId parent,
        @Nullable RunId sameSeedTwin,
        List<RunId> newSeedTwins,
        boolean batchNorm,
        @Nullable Double effectToNull,
        @Nullable Double matchedToParent,
        @Nullable Double twinMatchedToParent,
        @Nullable Double ratioToDrift,
        @Nullable Double ratioModuloSign) {
    public Retrained {
        newSeedTwins = List.copyOf(newSeedTwins);
    }

    /** Returns by how much θ2 is more like θ1 than the twin is. */
    @Nullable
    Double matchedBeyondTwin() {
        return matchedToParent == null || twinMatchedToParent == null ? null : matchedToParent - twinMatchedToParent;
    }

    /** Returns the parent and the same-seed twin. */
    List<RunId> drift() {
        List<RunId> runs = new ArrayList<>(List.of(parent));
        Optional.ofNullable(sameSeedTwin).ifPresent(runs::add);
        return runs;
    }

    /** Returns the parent and all twins. */
    List<RunId> family() {
        List<RunId> runs = drift();
        runs.addAll(newSeedTwins);
        return runs;
    }
}
