package io.thetascope.contracts.run;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Where the parameters of generation 0 come from.
 *
 * @param kind kaiming-uniform, kaiming-normal or pretrained
 * @param weights digest of uploaded weights, for pretrained from a file
 * @param donor the finished run whose final checkpoint is taken, for pretrained from a run
 */
public record Initialization(
        String kind, @Nullable Digest weights, @Nullable RunId donor) {
    public static final String KAIMING_UNIFORM = "kaiming-uniform";
    public static final String KAIMING_NORMAL = "kaiming-normal";
    public static final String PRETRAINED = "pretrained";

    public Initialization {
        int sources = (weights == null ? 0 : 1) + (donor == null ? 0 : 1);
        if (sources != (kind.equals(PRETRAINED) ? 1 : 0)) {
            throw new IllegalArgumentException(
                    "pretrained names either weights or a donor run, other initialisations neither: " + kind);
        }
    }

    /** Returns an initialisation that is drawn from the init seed. */
    public static Initialization drawn(String kind) {
        return new Initialization(kind, null, null);
    }
}
