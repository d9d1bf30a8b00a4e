package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.CheckpointSchedule;
import io.thetascope.contracts.run.DatasetUse;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.OptimizerSpec;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Seeds;
import io.thetascope.contracts.run.Twin;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.DatasetSource;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.planning.PairAnalyses;
import io.thetascope.gateway.planning.Retrainings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The preset quick as it is accepted: 4 base runs, each with a flip, an ε and both twins. */
final class QuickStudy {
    static final Digest IMAGES = Digest.of(new byte[] {1, 2, 3});

    private QuickStudy() {}

    static AcceptedStudy named(String name) {
        StudySpec spec =
                Json.read("""
                        {"networks": ["lenet"], "datasets": ["fashion-mnist"],
                         "initializations": ["kaiming-uniform", "kaiming-normal"], "optimizers": ["sgd", "adam"],
                         "train": {"limit": 4000}, "test": {"limit": 2000}, "gates": {"fashion-mnist": 0.80},
                         "perturbations": ["sign-flip", "epsilon"]}
                        """.getBytes(StandardCharsets.UTF_8), StudySpec.class).named(name);
        List<PlannedRun> runs = runs();
        DatasetSource source = new DatasetSource(
                "fashion-mnist", IMAGES, "the folder /usr/share/datasets/fashion-mnist", true, 60_000, 10_000, 1, 10);
        return new AcceptedStudy(StudyId.ofCanonical("quick"), spec, List.of(source), runs, analyses(runs));
    }

    /** A network on a data set from a few seeds, with a flip, an ε and both twins each. */
    static AcceptedStudy overSeeds(String network, String dataset, long... seeds) {
        StudySpec spec = Json.read(
                ("{\"networks\": [\"" + network + "\"], \"datasets\": [\"" + dataset
                                + "\"], \"perturbations\": [\"sign-flip\", \"epsilon\"]}")
                        .getBytes(StandardCharsets.UTF_8),
                StudySpec.class);
        List<PlannedRun> bases = LongStream.of(seeds)
                .mapToObj(seed -> base(
                        network, dataset, Initialization.KAIMING_UNIFORM, OptimizerSpec.sgd(0.01, 0.9, 0, 0), seed))
                .toList();
        List<PlannedRun> runs = new ArrayList<>(bases);
        bases.forEach(base -> runs.addAll(family(base)));
        return new AcceptedStudy(StudyId.ofCanonical(network + dataset), spec, List.of(), runs, analyses(runs));
    }

    static List<PlannedRun> bases() {
        List<PlannedRun> bases = new ArrayList<>();
        for (String drawn : List.of(Initialization.KAIMING_UNIFORM, Initialization.KAIMING_NORMAL)) {
            bases.add(base(drawn, OptimizerSpec.sgd(0.01, 0.9, 0, 0)));
            bases.add(base(drawn, OptimizerSpec.adam(0.001, 0, 0)));
        }
        return bases;
    }

    static List<PlannedRun> family(PlannedRun base) {
        return List.of(
                planned(RunRole.PERTURBED, base.seed(), base.spec().perturbed(Perturbation.signFlip())),
                planned(RunRole.PERTURBED, base.seed(), base.spec().perturbed(Perturbation.epsilon(1e-6))),
                planned(RunRole.TWIN_SAME_SEED, base.seed(), base.spec().twin(new Twin(Twin.SAME_SEED, 0))),
                planned(RunRole.TWIN_NEW_SEED, base.seed(), base.spec().twin(new Twin(Twin.NEW_SEED, 1))));
    }

    private static List<PlannedRun> runs() {
        List<PlannedRun> runs = new ArrayList<>(bases());
        bases().forEach(base -> runs.addAll(family(base)));
        return runs;
    }

    private static PlannedRun base(String drawn, OptimizerSpec optimizer) {
        return base("lenet", "fashion-mnist", drawn, optimizer, 1);
    }

    private static PlannedRun base(String network, String dataset, String drawn, OptimizerSpec optimizer, long seed) {
        return planned(
                RunRole.BASE,
                seed,
                new RunSpec(
                        RunSpec.FORMAT,
                        network,
                        new InputShape(1, 32, 32),
                        new DatasetUse(dataset, IMAGES, 4000, 0, 2000),
                        Initialization.drawn(drawn),
                        optimizer,
                        128,
                        20,
                        new CheckpointSchedule(5, false),
                        Seeds.ofBase(seed),
                        1,
                        true,
                        null));
    }

    private static PlannedRun planned(RunRole role, long seed, RunSpec spec) {
        return new PlannedRun(spec.id(), role, seed, spec);
    }

    private static List<AnalysisRequest> analyses(List<PlannedRun> runs) {
        List<PlannedRun> bases =
                runs.stream().filter(run -> run.role() == RunRole.BASE).toList();
        List<AnalysisRequest> requests = new ArrayList<>();
        runs.forEach(run -> requests.addAll(RunAnalyses.of(run.spec())));
        bases.forEach(base -> requests.addAll(ofRetrainings(base, family(base))));
        for (PlannedRun base : bases) {
            List<PlannedRun> family = family(base);
            PlannedRun same = family.get(2);
            for (PlannedRun child : family.subList(0, 2)) {
                requests.add(comparison(
                        AnalysisKind.PERTURBATION,
                        end(AnalysisInput.LEFT, base),
                        new AnalysisInput(AnalysisInput.PERTURBED, child.runId(), Step.START),
                        end(AnalysisInput.RIGHT, child),
                        end(AnalysisInput.TWIN, same)));
                requests.add(comparison(
                        AnalysisKind.EFFECT, end(AnalysisInput.LEFT, same), end(AnalysisInput.RIGHT, child)));
            }
            for (PlannedRun twin : family.subList(2, 4)) {
                requests.add(
                        comparison(AnalysisKind.TWIN, end(AnalysisInput.LEFT, base), end(AnalysisInput.RIGHT, twin)));
            }
            requests.add(comparison(
                    AnalysisKind.NULL, end(AnalysisInput.LEFT, same), end(AnalysisInput.RIGHT, family.get(3))));
        }
        PairAnalyses pair = PairAnalyses.of(bases.get(0).spec(), bases.get(1).spec());
        requests.addAll(List.of(pair.pair(), pair.orderAgreement(), pair.alignment()));
        return requests;
    }

    private static List<AnalysisRequest> ofRetrainings(PlannedRun base, List<PlannedRun> family) {
        List<AnalysisRequest> requests = new ArrayList<>();
        family.forEach(run -> requests.add(Retrainings.path(base.spec(), run.spec())));
        family.subList(0, 2).forEach(child -> requests.add(Retrainings.symmetry(base.spec(), child.spec())));
        family.subList(0, 3)
                .forEach(run -> requests.add(comparison(
                        AnalysisKind.BARRIER, end(AnalysisInput.LEFT, base), end(AnalysisInput.RIGHT, run))));
        requests.add(comparison(
                AnalysisKind.BARRIER, end(AnalysisInput.LEFT, family.get(2)), end(AnalysisInput.RIGHT, family.get(3))));
        return requests;
    }

    private static AnalysisRequest comparison(AnalysisKind kind, AnalysisInput... inputs) {
        return new AnalysisRequest(kind, 1, List.of(inputs), null);
    }

    private static AnalysisInput end(String name, PlannedRun run) {
        return new AnalysisInput(name, run.runId(), run.spec().schedule().lastStep());
    }
}
