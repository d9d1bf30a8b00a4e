package io.thetascope.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final Duration LOCK = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong(-5); // a forward clock may begin anywhere
    private final Lease lease = new Lease(nanos::get, LOCK, nanos.get());

    @Test
    void endsByItselfWhenNoRenewalIsConfirmedWithinTheLock() {
        pass(29);
        assertThat(lease.held()).isTrue();
        pass(1);

        assertThat(lease.state()).isEqualTo(Lease.State.LOST);
        assertThat(lease.whyLost()).contains("no renewal was confirmed within the lock");
        lease.confirmed(nanos.get()); // too late: somebody else may have it
        assertThat(lease.state()).isEqualTo(Lease.State.LOST);
    }

    @Test
    void isRenewedFromTheMomentTheRenewalWasSent() {
        pass(10);
        assertThat(lease.untilRenewal()).isZero();
        long sent = nanos.get();
        pass(5);
        lease.confirmed(sent);

        assertThat(lease.untilRenewal()).isEqualTo(Duration.ofSeconds(5));
        assertThat(lease.untilLapse()).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void everyConfirmedRenewalIsToldAndNoOther() {
        AtomicInteger told = new AtomicInteger();
        lease.onRenewal(told::incrementAndGet);
        lease.confirmed(nanos.get());
        lease.lose("gone");
        lease.confirmed(nanos.get());

        assertThat(told).hasValue(1);
    }

    @Test
    void losingIsStrongerThanStopping() {
        lease.stop();
        assertThat(lease.state()).isEqualTo(Lease.State.STOPPING);
        assertThat(lease.whyLost()).isEmpty();
        lease.lose("first reason");
        lease.lose("second reason");

        assertThat(lease.state()).isEqualTo(Lease.State.LOST);
        assertThat(lease.whyLost()).contains("first reason");
    }

    @Test
    void aDuplicateStopsWorkingButKeepsItsLock() {
        lease.supersede();

        assertThat(lease.state()).isEqualTo(Lease.State.LOST);
        assertThat(lease.whyLost()).isEmpty();
        assertThat(lease.isDuplicate()).isTrue();
    }

    @Test
    void waitingEndsWhenTheLeaseDoes() throws InterruptedException {
        assertThat(lease.await(Duration.ofMillis(1))).isTrue();
        lease.stop();
        assertThat(lease.await(Duration.ofHours(1))).isFalse();
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
