package io.thetascope.scaling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * 10,000 runs in two studies on 500 trainers and 20 analyzers: with the broker's defaults, then one setting after another changed.
 * Arguments: seconds that the read model takes for a fact, and for the end of a run or of an analysis.
 */
public final class Main {
    private static final int BASES = 1_000;
    private static final Workload LENET = new Workload(6_000, 1, "lenet");
    private static final Workload RESNET = new Workload(200, 1, "resnet18");
    private static final Workload VGG = new Workload(35, 1, "vgg19");

    private Main() {}

    /** Prints one line a deployment. */
    public static void main(String[] arguments) {
        double fact = Double.parseDouble(arguments[0]);
        double end = Double.parseDouble(arguments[1]);
        for (Workload workload : List.of(LENET, RESNET, VGG)) {
            RunLoad run = workload.run();
            print(
                    "%-8s parameters %,d  stored %,d bytes  run %.0f s  facts %d  analyses %d of %.1f s",
                    workload.network(),
                    workload.parameters(),
                    workload.storedBytes(),
                    run.seconds(),
                    run.facts() + 1,
                    run.analyses(),
                    run.analysisSeconds());
        }
        Map<String, List<StudyLoad>> workloads = new LinkedHashMap<>();
        workloads.put("lenet", studies(List.of(LENET)));
        workloads.put("resnet18", studies(List.of(RESNET)));
        workloads.put("mixed", studies(List.of(LENET, RESNET, VGG)));
        workloads.forEach((name, studies) -> compare(name, studies, fact, end));
    }

    private static List<StudyLoad> studies(List<Workload> inTurn) {
        return List.of(Workload.study(BASES, inTurn), Workload.study(BASES, inTurn));
    }

    private static void compare(String name, List<StudyLoad> studies, double fact, double end) {
        Map<String, Deployment> deployments = new LinkedHashMap<>();
        deployments.put("defaults", new Deployment(500, 20, 200, 2_000, 64, 30, fact, end));
        deployments.put("group 1000", new Deployment(500, 20, 1_000, 2_000, 64, 30, fact, end));
        deployments.put("and window 10000", new Deployment(500, 20, 1_000, 10_000, 64, 30, fact, end));
        deployments.put("and 500 queued", new Deployment(500, 20, 1_000, 10_000, 500, 30, fact, end));
        deployments.put("and 200 analyzers", new Deployment(500, 200, 1_000, 10_000, 500, 30, fact, end));
        deployments.forEach((settings, deployment) -> print(name, settings, Simulation.of(deployment, studies)));
    }

    private static void print(String name, String settings, Figures f) {
        print(
                "%-8s %-18s runs %d  trained %.2f h  done %.2f h  idle %.1f %%  stalled %.1f %%  wait mean %.0f s, longest %.0f s"
                        + "  queued %d  analyses waiting %,d of %,d  lag %.0f s",
                name,
                settings,
                f.runs(),
                f.trainedSeconds() / 3600,
                f.seconds() / 3600,
                100 * f.idleShare(),
                100 * f.stalledShare(),
                f.meanWaitSeconds(),
                f.longestWaitSeconds(),
                f.mostQueued(),
                f.mostAnalyses(),
                f.analyses(),
                f.factLagSeconds());
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
