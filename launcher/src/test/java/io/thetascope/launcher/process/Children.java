package io.thetascope.launcher.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Child JVMs from this module's test classes. */
final class Children {
    private Children() {}

    /** A child that runs a main class with arguments, watched as the services are. */
    static ChildSpec watched(Path folder, String name, Class<?> main, String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WatchedMain.class.getName(),
                main.getName()));
        command.addAll(List.of(args));
        return new ChildSpec(name, command, Map.of(), folder, folder.resolve(name + ".log"));
    }
}
