package io.thetascope.launcher.command;

import io.thetascope.launcher.process.StopSignal;
import io.thetascope.launcher.system.LocalSystem;
import io.thetascope.launcher.system.RefusedStartException;
import io.thetascope.launcher.system.SystemPlan;
import java.io.IOException;

/** A local system for the time of one command: started, used, and stopped however the command ends. */
final class Session {
    private final Edge edge;
    private final StopSignal stop = new StopSignal();

    Session(Edge edge) {
        this.edge = edge;
    }

    /** What a command does while the system is up. */
    interface Work {
        /** Returns the exit code; returns early when the stop signal is raised. */
        int run(StopSignal stop) throws IOException;
    }

    /** Returns the work's exit code, or the code of what kept it from being done. */
    int with(SystemPlan plan, Work work) {
        LocalSystem system = new LocalSystem(plan, stop, edge.nanoTime(), edge.screen()::line);
        Thread hook = new Thread(() -> leave(system), "leave");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            system.start();
            int code = stop.isRaised() ? ExitCode.INTERRUPTED : work.run(stop);
            return stop.failure().map(this::failed).orElse(code);
        } catch (RefusedStartException e) {
            e.reasons().forEach(edge.errors()::line);
            return ExitCode.FAILED;
        } catch (IOException e) {
            return failed(stop.failure().orElseGet(() -> String.valueOf(e.getMessage())));
        } finally {
            system.close();
            forget(hook);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the hook is what brought us here
        }
    }

    private int failed(String reason) {
        edge.errors().line(reason);
        return ExitCode.FAILED;
    }

    private void leave(LocalSystem system) {
        if (!stop.isRaised()) {
            stop.raise();
        }
        system.close();
    }
}
