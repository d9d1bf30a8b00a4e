package io.thetascope.launcher.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps child processes alive until it is closed.
 *
 * <p>A child that ends, however, is started again after a wait that grows; one that dies quickly too often in a row
 * raises the stop signal with the end of its log. All decisions are made on one thread.
 */
public final class Supervisor implements AutoCloseable {
    /** What a child may take between SIGTERM and SIGKILL: a trainer saves its position meanwhile. */
    private static final Duration GRACE = Duration.ofSeconds(90);

    private static final int TAIL_LINES = 25;

    private final RestartPolicy policy;
    private final LongSupplier nanoTime;
    private final StopSignal stop;
    private final Consumer<String> say;
    private final Consumer<List<RunningChild>> changed;
    private final List<Child> children = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Supervisor::daemon);
    private boolean closing;

    /**
     * Makes a supervisor without children.
     *
     * @param nanoTime a monotonic clock
     * @param stop raised when a child cannot be kept alive
     * @param say is told what a person should know
     * @param changed is told which processes run, whenever that changes
     */
    public Supervisor(
            RestartPolicy policy,
            LongSupplier nanoTime,
            StopSignal stop,
            Consumer<String> say,
            Consumer<List<RunningChild>> changed) {
        this.policy = policy;
        this.nanoTime = nanoTime;
        this.stop = stop;
        this.say = say;
        this.changed = changed;
    }

    /** Starts a child and keeps it alive; does nothing once the supervisor is closed. */
    public void start(ChildSpec spec) {
        onThread(() -> {
            if (!closing) {
                Child child = new Child(spec);
                children.add(child);
                launch(child);
            }
        });
    }

    /** Asks every child to end, waits, ends by force what is left, and returns when none is alive. */
    @Override
    public void close() {
        List<Process> alive = new ArrayList<>();
        onThread(() -> {
            closing = true;
            for (Child child : children) {
                Process process = child.process();
                if (process != null) {
                    // not Process.destroy: that closes the child's input too, its sign that this process is gone
                    process.toHandle().destroy();
                    alive.add(process);
                }
            }
        });
        long deadline = nanoTime.getAsLong() + GRACE.toNanos();
        for (Process process : alive) {
            endBefore(deadline, process);
        }
        thread.shutdownNow();
    }

    private void endBefore(long deadline, Process process) {
        try {
            long left = Math.max(deadline - nanoTime.getAsLong(), 0);
            if (!process.waitFor(left, TimeUnit.NANOSECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void launch(Child child) {
        if (closing) {
            return;
        }
        try {
            CompletableFuture<?> unused = child.launch(nanoTime.getAsLong())
                    .thenAcceptAsync(gone -> ended(child, gone.exitValue()), thread)
                    .whenComplete((nothing, failure) -> failed(child, failure));
        } catch (IOException e) {
            stop.raise(child.name() + " cannot be started: " + e.getMessage());
        }
        changed.accept(running());
    }

    private void ended(Child child, int code) {
        if (closing) {
            return;
        }
        child.died(nanoTime.getAsLong(), policy);
        changed.accept(running());
        if (policy.givesUpAfter(child.quickDeaths())) {
            stop.raise(child.name() + " ended " + child.quickDeaths() + " times in a row, last with code " + code
                    + "; the end of " + child.spec().log() + ":\n"
                    + LogTail.of(child.spec().log(), TAIL_LINES));
            return;
        }
        Duration wait = policy.waitAfter(child.quickDeaths());
        say.accept(child.name() + " ended with code " + code + "; it starts again in " + seconds(wait) + " s (see "
                + child.spec().log() + ")");
        CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS, thread)
                .execute(() -> launch(child));
    }

    private void failed(Child child, @Nullable Throwable failure) {
        if (failure != null && !stop.isRaised() && !thread.isShutdown()) {
            stop.raise("watching " + child.name() + " failed: " + failure);
        }
    }

    private List<RunningChild> running() {
        List<RunningChild> running = new ArrayList<>();
        for (Child child : children) {
            Process process = child.process();
            if (process != null) {
                running.add(new RunningChild(child.name(), process.pid()));
            }
        }
        return running;
    }

    private void onThread(Runnable work) {
        if (!thread.isShutdown()) {
            CompletableFuture.runAsync(work, thread).join();
        }
    }

    private static String seconds(Duration wait) {
        return String.valueOf(Math.max(wait.toMillis(), 1) / 1000.0).replaceAll("\\.0$", "");
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "supervisor");
        thread.setDaemon(true);
        return thread;
    }
}
