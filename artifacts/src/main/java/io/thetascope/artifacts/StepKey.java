package io.thetascope.artifacts;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of an object says that belongs to a step of a run.
 *
 * @param run whose it is
 * @param kind weights, evidence or what a run goes on from
 * @param step optimizer steps done
 * @param digestPrefix the first 12 hex digits of the object's SHA-256
 */
public record StepKey(RunId run, Kind kind, Step step, String digestPrefix) {
    /** The folders whose objects are named by step and digest. */
    public enum Kind {
        CHECKPOINT("checkpoints"),
        EVIDENCE("evidence"),
        RESUME("resume");

        private final String folder;

        Kind(String folder) {
            this.folder = folder;
        }
    }

    private static final Pattern PATTERN = Pattern.compile(
            "runs/(r[0-9a-f]{20})/(checkpoints|evidence|resume)/step-(\\d{8})-([0-9a-f]{12})\\.safetensors");

    public StepKey {
        if (!digestPrefix.matches("[0-9a-f]{12}")) {
            throw new IllegalArgumentException("a name carries 12 hex digits of its digest: " + digestPrefix);
        }
    }

    /** Reads an object's name; empty when it is not one of these. */
    public static Optional<StepKey> parse(String key) {
        Matcher matcher = PATTERN.matcher(key);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Kind kind = Arrays.stream(Kind.values())
                .filter(k -> k.folder.equals(matcher.group(2)))
                .findFirst()
                .orElseThrow();
        Step step = new Step(Long.parseLong(matcher.group(3)));
        return Optional.of(new StepKey(new RunId(matcher.group(1)), kind, step, matcher.group(4)));
    }

    /** Returns the object's name. */
    public String key() {
        return prefix(run, kind, step) + digestPrefix + ".safetensors";
    }

    /** Whether an object of this digest may have this name. */
    public boolean matches(Digest digest) {
        return digest.prefix().equals(digestPrefix);
    }

    static String folder(RunId run, Kind kind) {
        return ArtifactKeys.run(run) + "/" + kind.folder + "/";
    }

    static String prefix(RunId run, Kind kind, Step step) {
        return folder(run, kind) + String.format(Locale.ROOT, "step-%08d-", step.value());
    }
}
