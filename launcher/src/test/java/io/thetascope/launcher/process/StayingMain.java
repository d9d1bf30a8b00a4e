package io.thetascope.launcher.process;

import java.util.concurrent.CountDownLatch;

/** A service that does nothing until it is told to leave. */
public final class StayingMain {
    private StayingMain() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
