package io.thetascope.launcher.system;

import io.thetascope.launcher.process.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Waits until services say that they are ready. */
final class Readiness {
    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final int OK = 200;

    private final HttpClient http;
    private final LongSupplier nanoTime;
    private final StopSignal stop;

    Readiness(HttpClient http, LongSupplier nanoTime, StopSignal stop) {
        this.http = http;
        this.nanoTime = nanoTime;
        this.stop = stop;
    }

    /**
     * Waits for all of them, or for the stop signal, which it raises when the time is over.
     *
     * @param ready is told each that is ready, as soon as it is
     */
    void await(List<ServiceProcess> services, Duration longest, Consumer<ServiceProcess> ready) {
        List<ServiceProcess> waiting = new ArrayList<>(services);
        long deadline = nanoTime.getAsLong() + longest.toNanos();
        while (!waiting.isEmpty() && !stop.within(BETWEEN)) {
            List<ServiceProcess> now =
                    waiting.stream().filter(s -> isReady(s.url())).toList();
            now.forEach(ready);
            waiting.removeAll(now);
            if (!waiting.isEmpty() && nanoTime.getAsLong() > deadline) {
                ServiceProcess late = waiting.get(0);
                stop.raise(late.name() + " is not ready after " + longest.toSeconds() + " s; see "
                        + late.spec().log());
            }
        }
    }

    private boolean isReady(URI service) {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            // not listening yet
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
