package io.thetascope.gateway.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A body that ends when its server stops sending: the HTTP client's own timeout is over once the body began. */
final class WatchedBody implements AutoCloseable {
    private final InputStream body;
    private final URI from;
    private final Duration patience;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "download");
        thread.setDaemon(true);
        return thread;
    });
    private long received;

    /** Takes over a body; closing this closes it. */
    WatchedBody(InputStream body, URI from, Duration patience) {
        this.body = body;
        this.from = from;
        this.patience = patience;
    }

    /**
     * Reads what there is next; negative at the end.
     *
     * @throws IOException also when nothing came for longer than the patience
     */
    int read(byte[] chunk) throws IOException, InterruptedException {
        Future<Integer> next = reader.submit(() -> body.read(chunk));
        try {
            int count = next.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            received += Math.max(count, 0);
            return count;
        } catch (TimeoutException e) {
            throw new IOException(
                    from + " stopped sending after " + received + " bytes: nothing came for " + patience.toSeconds()
                            + " s; try again later",
                    e);
        } catch (ExecutionException e) {
            throw new IOException(from + " broke off after " + received + " bytes: " + e.getCause(), e);
        }
    }

    /** Ends a read that still waits too. */
    @Override
    public void close() throws IOException {
        reader.shutdownNow();
        body.close();
    }
}
