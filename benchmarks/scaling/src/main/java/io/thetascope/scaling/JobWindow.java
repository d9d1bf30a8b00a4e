package io.thetascope.scaling;

import java.util.PriorityQueue;

/**
 * One partition of a share group as Kafka 4.2 hands it out: the lowest offset first, and none that lies a whole window or more
 * behind the lowest offset that is not acknowledged ({@code group.share.partition.max.record.locks}).
 */
final class JobWindow {
    private final int window;
    private final PriorityQueue<Long> held = new PriorityQueue<>();
    private final PriorityQueue<Long> acknowledged = new PriorityQueue<>();
    private long next; // to be handed out
    private long end; // to be appended

    JobWindow(int window) {
        if (window < 1) {
            throw new IllegalArgumentException("window must be >= 1: " + window);
        }
        this.window = window;
    }

    /** Appends a job and returns its offset. */
    long append() {
        return end++;
    }

    /** Whether a job can be handed out now. */
    boolean hasJob() {
        return next < end && next - start() < window;
    }

    /** Whether jobs wait that the window keeps back. */
    boolean isStalled() {
        return next < end && next - start() >= window;
    }

    /** Hands the next job out. */
    long take() {
        if (!hasJob()) {
            throw new IllegalStateException("no job can be handed out: next " + next + ", end " + end);
        }
        held.add(next);
        return next++;
    }

    /** Acknowledges a job that was handed out. */
    void acknowledge(long offset) {
        acknowledged.add(offset);
        while (!acknowledged.isEmpty() && acknowledged.peek().equals(held.peek())) {
            acknowledged.remove();
            held.remove();
        }
    }

    /** Returns how many jobs wait to be handed out. */
    long waiting() {
        return end - next;
    }

    private long start() {
        Long lowest = held.peek();
        return lowest == null ? next : lowest;
    }
}
