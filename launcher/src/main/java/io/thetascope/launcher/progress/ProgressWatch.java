package io.thetascope.launcher.progress;

import io.thetascope.launcher.gateway.AccessRefusedException;
import io.thetascope.launcher.gateway.GatewayClient;
import io.thetascope.launcher.gateway.StudyStatus;
import io.thetascope.launcher.process.StopSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Follows a study until it ends: on a terminal in one line every second, else in a line every few when it changed. */
public final class ProgressWatch {
    private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
    private static final Duration IN_A_LOG = Duration.ofSeconds(5);
    /** A gateway that is started again is back long before. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

    private final GatewayClient gateway;
    private final Screen screen;
    private final StopSignal stop;
    private final LongSupplier nanoTime;
    private @Nullable String shown;

    /** Makes a watch that ends early when the stop signal is raised. */
    public ProgressWatch(GatewayClient gateway, Screen screen, StopSignal stop, LongSupplier nanoTime) {
        this.gateway = gateway;
        this.screen = screen;
        this.stop = stop;
        this.nanoTime = nanoTime;
    }

    /**
     * Shows how far the study is until it ends; returns its last status, or empty when the stop signal came first.
     *
     * @throws IOException when the gateway has not answered for two minutes, or at once when it refuses the token
     */
    public Optional<StudyStatus> follow(String studyId) throws IOException {
        long start = nanoTime.getAsLong();
        long heard = start;
        while (!stop.isRaised()) {
            try {
                StudyStatus study = gateway.study(studyId);
                heard = nanoTime.getAsLong();
                show(study, Duration.ofNanos(heard - start));
                if (study.ended()) {
                    return Optional.of(study);
                }
            } catch (AccessRefusedException e) {
                throw e;
            } catch (IOException e) {
                if (nanoTime.getAsLong() - heard > LONGEST_SILENCE.toNanos()) {
                    throw new IOException("the gateway does not answer: " + e.getMessage(), e);
                }
            }
            if (stop.within(screen.isTerminal() ? ON_TERMINAL : IN_A_LOG)) {
                break;
            }
        }
        return Optional.empty();
    }

    private void show(StudyStatus study, Duration elapsed) {
        String news = ProgressLine.of(study, Duration.ZERO);
        if (screen.isTerminal() || !news.equals(shown)) {
            screen.live(ProgressLine.of(study, elapsed));
        }
        shown = news;
    }
}
