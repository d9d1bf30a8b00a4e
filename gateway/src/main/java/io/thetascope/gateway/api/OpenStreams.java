package io.thetascope.gateway.api;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the streams that clients hold open. */
final class OpenStreams {
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    OpenStreams(int most) {
        this.most = most;
    }

    /**
     * Counts a stream from its subscription to its end.
     *
     * @throws ServiceUnavailableException when as many as may be are open
     */
    <T> Multi<T> counted(Multi<T> stream) {
        if (open.get() >= most) {
            throw new ServiceUnavailableException(
                    "The gateway sends events to " + most + " clients already; try later.");
        }
        return stream.onSubscription()
                .invoke(open::incrementAndGet)
                .onTermination()
                .invoke(open::decrementAndGet);
    }
}
