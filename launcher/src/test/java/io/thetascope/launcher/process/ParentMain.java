package io.thetascope.launcher.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/** A launcher with two children: writes their process ids into a file and waits to be killed. */
public final class ParentMain {
    private ParentMain() {}

    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        StopSignal stop = new StopSignal();
        Supervisor supervisor = new Supervisor(
                RestartPolicy.SERVICES, System::nanoTime, stop, System.out::println, running -> note(folder, running));
        supervisor.start(Children.watched(folder, "staying", StayingMain.class));
        supervisor.start(Children.watched(folder, "stubborn", StubbornMain.class));
        stop.await();
    }

    private static void note(Path folder, List<RunningChild> running) {
        if (running.size() < 2) {
            return;
        }
        try {
            String pids = running.stream().map(c -> Long.toString(c.pid())).collect(Collectors.joining("\n"));
            Path half = Files.writeString(folder.resolve("pids.part"), pids);
            Files.move(half, folder.resolve("pids"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
