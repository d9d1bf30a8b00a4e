package io.thetascope.launcher.system;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The four services, and what each costs as a child JVM. */
public enum Service {
    /** HTTP API, planner, read model. */
    GATEWAY("gateway", "gateway", "512m"),
    /** Trains one run at a time. */
    TRAINER("trainer-service", "trainer", "512m"),
    /** Measures checkpoints. */
    ANALYZER("analyzer-service", "analyzer", "512m"),
    /** Prepares children and twins. */
    PERTURBATION("perturbation-service", "perturbation", "256m");

    private final String module;
    private final String label;
    private final String heap;

    Service(String module, String label, String heap) {
        this.module = module;
        this.label = label;
        this.heap = heap;
    }

    /** Returns the name of its processes; trainers have a number added. */
    public String label() {
        return label;
    }

    /** Returns where the build puts its runnable jar. */
    public Path jar(Path sources) {
        return sources.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** Returns the options of its JVM: several share a machine, so each is kept small. */
    List<String> jvmOptions() {
        List<String> options = List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
        // a trainer holds its images outside the heap, up to a gibibyte of them
        return this == TRAINER
                ? Stream.concat(options.stream(), Stream.of("-XX:MaxDirectMemorySize=1536m"))
                        .toList()
                : options;
    }
}
