package io.thetascope.messaging.process;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Notices that the process which started this one is gone, however it ended, so that no service outlives its launcher.
 * The launcher names itself in the property {@link #PROPERTY}. Caller closes it.
 */
public final class ParentWatch implements AutoCloseable {
    /** The property that holds the parent's process id. */
    public static final String PROPERTY = "thetascope.parent-pid";

    private final CompletableFuture<?> exit;

    private ParentWatch(CompletableFuture<?> exit) {
        this.exit = exit;
    }

    /**
     * Calls back once when the process is gone, at once when it is gone already, on a thread of the runtime.
     *
     * @param pid of the parent
     * @param whenGone must not block for long
     */
    public static ParentWatch of(long pid, Runnable whenGone) {
        Optional<ProcessHandle> parent = ProcessHandle.of(pid);
        CompletableFuture<?> exit =
                parent.<CompletableFuture<?>>map(ProcessHandle::onExit).orElseGet(ParentWatch::gone);
        return new ParentWatch(exit.thenRunAsync(whenGone));
    }

    private static CompletableFuture<?> gone() {
        return CompletableFuture.completedFuture(null);
    }

    /** Stops watching; the callback does not come any more. */
    @Override
    public void close() {
        exit.cancel(false);
    }
}
