package io.thetascope.launcher.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One supervised child: its present process and how its earlier ones ended. Confined to the supervisor's thread. */
final class Child {
    private final ChildSpec spec;
    private @Nullable Process process;
    private long startedNanos;
    private int quickDeaths;

    Child(ChildSpec spec) {
        this.spec = spec;
    }

    ChildSpec spec() {
        return spec;
    }

    String name() {
        return spec.name();
    }

    @Nullable
    Process process() {
        return process;
    }

    int quickDeaths() {
        return quickDeaths;
    }

    CompletableFuture<Process> launch(long nanos) throws IOException {
        Process started = spec.launch();
        process = started;
        startedNanos = nanos;
        return started.onExit();
    }

    void died(long nanos, RestartPolicy policy) {
        process = null;
        quickDeaths = policy.quick(Duration.ofNanos(nanos - startedNanos)) ? quickDeaths + 1 : 1;
    }
}
