package io.thetascope.launcher.process;

import java.util.concurrent.CountDownLatch;

/** A service whose shutdown never ends, as when it waits for a broker that is gone. */
public final class StubbornMain {
    private StubbornMain() {}

    public static void main(String[] args) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            while (true) {
                waitForever();
            }
        }));
        System.out.println("ready");
        waitForever();
    }

    private static void waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            System.err.println("interrupted, and staying");
        }
    }
}
