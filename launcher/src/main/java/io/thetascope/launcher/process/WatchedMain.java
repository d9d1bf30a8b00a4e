package io.thetascope.launcher.process;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The entry point of every child JVM: runs another main class and leaves when the parent is gone.
 *
 * <p>The parent keeps the child's standard input open and never writes to it. However the parent ends, SIGKILL
 * included, the kernel closes that pipe, so its end is the one sign that cannot be missed. The child then shuts down in
 * order, as after SIGTERM; what has not ended by then is halted. This class uses nothing but the JDK, because it is on
 * the class path of services that know nothing of the launcher.
 */
public final class WatchedMain {
    /** What a service may take to shut down once its parent, and with it the broker, is gone. */
    private static final long GRACE_SECONDS = 8;

    private static final int TERMINATED = 143;

    private WatchedMain() {}

    /**
     * Runs a main class.
     *
     * @param args the class's name, then its arguments
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        if (args.length == 0) {
            throw new IllegalArgumentException("the main class to run is missing");
        }
        daemon("parent-watch", WatchedMain::leaveWhenInputEnds);
        String[] rest = Arrays.copyOfRange(args, 1, args.length);
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException e) {
            Objects.requireNonNullElse(e.getCause(), e).printStackTrace();
            System.exit(1);
        }
    }

    private static void leaveWhenInputEnds() {
        try {
            while (System.in.read() >= 0) {
                // the parent does not write; whatever comes means that it is there
            }
        } catch (IOException e) {
            System.err.println("standard input is broken, as when the launcher is gone: " + e);
        }
        System.err.println("the launcher is gone: shutting down");
        daemon("parent-watch-halt", WatchedMain::haltAfterGrace);
        System.exit(TERMINATED);
    }

    private static void haltAfterGrace() {
        try {
            if (!new CountDownLatch(1).await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(TERMINATED);
            }
        } catch (InterruptedException e) {
            Runtime.getRuntime().halt(TERMINATED);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
