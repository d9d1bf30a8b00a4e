package io.thetascope.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobWindowTest {
    @Test
    void aJobThatIsHeldKeepsBackWhatLiesAWindowBehindIt() {
        JobWindow jobs = with(5, 3);
        long held = jobs.take();
        jobs.acknowledge(jobs.take());
        jobs.acknowledge(jobs.take());
        assertThat(jobs.hasJob()).isFalse();
        assertThat(jobs.isStalled()).isTrue();

        jobs.acknowledge(held);
        assertThat(jobs.isStalled()).isFalse();
        assertThat(jobs.take()).isEqualTo(3);
        assertThat(jobs.waiting()).isEqualTo(1);
    }

    @Test
    void anEmptyQueueIsNotStalled() {
        JobWindow jobs = with(1, 1);
        jobs.take();
        assertThat(jobs.hasJob()).isFalse();
        assertThat(jobs.isStalled()).isFalse();
    }

    private static JobWindow with(int jobs, int window) {
        JobWindow queue = new JobWindow(window);
        for (int i = 0; i < jobs; i++) {
            queue.append();
        }
        return queue;
    }
}
