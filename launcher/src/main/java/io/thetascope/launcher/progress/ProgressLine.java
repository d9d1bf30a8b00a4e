package io.thetascope.launcher.progress;

import io.thetascope.launcher.gateway.StudyStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a study is, in one line. */
public final class ProgressLine {
    private static final int BAR = 24;
    private static final List<String> TROUBLE = List.of("diverged", "failed", "cancelled", "skipped");

    private ProgressLine() {}

    /** Returns the line for a terminal or a log. */
    public static String of(StudyStatus study, Duration elapsed) {
        StringBuilder line = new StringBuilder();
        line.append(bar(study.progress())).append("  runs ").append(counts(study));
        line.append("  analyses ").append(study.analyses("measured"));
        line.append('/').append(study.analyses("planned"));
        int unmeasured = study.analyses("refused") + study.analyses("failed");
        if (unmeasured > 0) {
            line.append(" (").append(unmeasured).append(" without a result)");
        }
        line.append("  ").append(clock(elapsed)).append(" elapsed");
        if (!study.ended()) {
            line.append(", ").append(eta(study.etaSeconds()));
        }
        return line.toString();
    }

    private static String counts(StudyStatus study) {
        StringBuilder counts = new StringBuilder();
        counts.append(study.runs("finished")).append('/').append(study.runs("planned"));
        if (study.runs("running") > 0) {
            counts.append(", ").append(study.runs("running")).append(" running");
        }
        for (String state : TROUBLE) {
            if (study.runs(state) > 0) {
                counts.append(", ").append(study.runs(state)).append(' ').append(state);
            }
        }
        return counts.toString();
    }

    private static String bar(@Nullable Double progress) {
        if (progress == null) {
            return "[" + " ".repeat(BAR) + "]   —";
        }
        double share = Math.min(Math.max(progress, 0), 1);
        int full = (int) Math.floor(share * BAR);
        // 100 % is said when it is over, not when it rounds to it
        int percent = (int) Math.floor(share * 100);
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] " + String.format(Locale.ROOT, "%3d %%", percent);
    }

    private static String eta(@Nullable Double seconds) {
        if (seconds == null || !(seconds >= 0) || seconds.isInfinite()) {
            return "time left unknown yet";
        }
        return "about " + clock(Duration.ofMillis(Math.round(seconds * 1000))) + " left";
    }

    private static String clock(Duration time) {
        if (time.toHours() > 0) {
            return String.format(
                    Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
        }
        return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
