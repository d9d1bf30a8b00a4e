package io.thetascope.gateway.verdict;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.study.RunRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Builds studies in which a claim has the values one gives it, one a seed; all else speaks for the claim. */
final class MadeUpStudy {
    static final double GOOD = 0.97;
    static final Figures NOTHING = new Figures(null, null, null, null, null, null, List.of());
    private static final List<Moment> LIKE_LOSSES = List.of(new Moment(0.9, 0.0), new Moment(0.31, 0.1));

    private final Gates gates;
    private final ToDoubleFunction<String> accuracy;
    private final List<Trial> trials = new ArrayList<>();
    private final List<Meeting> features = new ArrayList<>();
    private final List<Meeting> classes = new ArrayList<>();
    private final List<Meeting> blocks = new ArrayList<>();

    /** A study whose runs, by name, end with these accuracies. */
    MadeUpStudy(Gates gates, ToDoubleFunction<String> accuracy) {
        this.gates = gates;
        this.accuracy = accuracy;
    }

    static MadeUpStudy good() {
        return new MadeUpStudy(new Gates(Map.of()), run -> GOOD);
    }

    static RunId id(String name) {
        return RunId.ofCanonical(name);
    }

    static Factors factors(String network, String dataset, String optimizer, int seed) {
        return new Factors(network, dataset, "kaiming-uniform", optimizer, seed);
    }

    Evidence evidence() {
        return new Evidence(gates, trials, features, classes, blocks);
    }

    /** Makes the study of a claim. */
    MadeUpStudy about(int claim, List<@Nullable Double> values) {
        for (int seed = 1; seed <= values.size(); seed++) {
            about(claim, seed, values.get(seed - 1));
        }
        return this;
    }

    private void about(int claim, int seed, @Nullable Double value) {
        switch (claim) {
            case 1 -> base(factors("resnet18", "mnist", "sgd", seed), changed(rest(value)));
            case 2 -> lazy(seed, value, 0.1 + 0.001 * seed);
            case 3 -> base(factors("lenet", "cifar10", "sgd", seed), changed(value));
            case 4 -> base(factors("vgg19", "cifar10", "sgd", seed), changed(value));
            case 5 -> distances(seed, value);
            case 6 -> {
                correlations("resnet18", seed, value, value == null ? List.of() : moments(value));
                correlations("lenet", seed, 0.01 * (seed - 2), moments(0.01 * (seed - 2)));
            }
            case 7 -> retrained(Perturbation.epsilon(1e-6), seed, value, 0.9, null, null);
            case 8 -> retrained(Perturbation.signFlip(), seed, null, null, value, value);
            case 9, 10 -> pairs(claim, seed, value);
            default -> throw new IllegalArgumentException("there is no claim " + claim);
        }
    }

    private static @Nullable Double rest(@Nullable Double value) {
        return value == null ? null : 1 - value;
    }

    private static Figures changed(@Nullable Double share) {
        return new Figures(11_000_000L, share, null, null, null, null, List.of());
    }

    static List<Moment> moments(double difference) {
        return List.of(new Moment(0.9, 0.0), new Moment(0.3, 0.1 + difference));
    }

    MadeUpStudy lazy(int seed, @Nullable Double live, double residual) {
        Figures figures = new Figures(11_000_000L, 0.3, rest(live), residual, null, null, List.of());
        return base(factors("resnet18", "mnist", "sgd", seed), figures);
    }

    private void distances(int seed, @Nullable Double ratio) {
        relative("sgd", seed, ratio == null ? null : (Double) (0.4 * ratio));
        relative("adam", seed, 0.4);
    }

    private void relative(String optimizer, int seed, @Nullable Double relative) {
        base(
                factors("resnet18", "mnist", optimizer, seed),
                new Figures(11_000_000L, 0.3, null, null, relative, null, List.of()));
    }

    /** A pair of SGD and Adam whose mean ρ differs so. */
    MadeUpStudy correlations(String network, int seed, @Nullable Double difference, List<Moment> ofAdam) {
        long parameters = network.equals("lenet") ? 61_706 : 11_000_000;
        Double adam = difference == null ? null : (Double) (0.1 + difference);
        base(factors(network, "mnist", "sgd", seed), new Figures(parameters, null, null, null, null, 0.1, LIKE_LOSSES));
        return base(
                factors(network, "mnist", "adam", seed), new Figures(parameters, null, null, null, null, adam, ofAdam));
    }

    /** A family: the parent, the perturbed run, a same-seed and a new-seed twin, named after the seed. */
    MadeUpStudy retrained(
            Perturbation perturbation,
            int seed,
            @Nullable Double effectToNull,
            @Nullable Double matched,
            @Nullable Double ratio,
            @Nullable Double moduloSign) {
        Factors factors = factors("resnet18", "mnist", "sgd", seed);
        RunId parent = id(name(factors));
        if (trials.stream().noneMatch(trial -> trial.runId().equals(parent))) {
            add(name(factors), RunRole.BASE, factors, NOTHING, null);
            add("same " + seed, RunRole.TWIN_SAME_SEED, factors, NOTHING, null);
            add("new " + seed, RunRole.TWIN_NEW_SEED, factors, NOTHING, null);
        }
        Retrained retrained = new Retrained(
                perturbation,
                parent,
                id("same " + seed),
                List.of(id("new " + seed)),
                moduloSign != null || ratio == null,
                effectToNull,
                matched,
                0.9,
                ratio,
                moduloSign);
        return add(perturbation.label() + " " + seed, RunRole.PERTURBED, factors, NOTHING, retrained);
    }

    /** The k-th value is that of the k-th pair among three seeds; one value makes two. */
    private void pairs(int claim, int index, @Nullable Double value) {
        int left = index < 3 ? 1 : 2;
        int right = index == 1 ? 2 : 3;
        learner("sgd", left);
        learner("sgd", right);
        Meeting meeting = met("sgd", left, "sgd", right, value);
        (claim == 9 ? features : classes).add(meeting);
        if (claim == 10) {
            blocks.add(met("sgd", left, "sgd", right, 0.9));
        }
    }

    void learner(String optimizer, int seed) {
        Factors factors = factors("lenet", "mnist", optimizer, seed);
        if (trials.stream().noneMatch(trial -> trial.runId().equals(id(name(factors))))) {
            base(factors, NOTHING);
        }
    }

    Meeting met(String optimizer, int seed, String otherOptimizer, int otherSeed, @Nullable Double value) {
        return new Meeting(
                id(name(factors("lenet", "mnist", optimizer, seed))),
                id(name(factors("lenet", "mnist", otherOptimizer, otherSeed))),
                value,
                value == null ? "checkpoints too coarse" : null);
    }

    List<Meeting> features() {
        return features;
    }

    static String name(Factors factors) {
        return factors.cell() + " " + factors.seed();
    }

    MadeUpStudy base(Factors factors, Figures figures) {
        return add(name(factors), RunRole.BASE, factors, figures, null);
    }

    private MadeUpStudy add(
            String name, RunRole role, Factors factors, Figures figures, @Nullable Retrained retrained) {
        Worth worth = gates.judge(factors.dataset(), "finished", accuracy.applyAsDouble(name));
        trials.add(new Trial(id(name), role, factors, worth, figures, retrained));
        return this;
    }

    /** Says of every run that it stands so. */
    Evidence standing(Function<Trial, Worth> worth) {
        List<Trial> changed = trials.stream()
                .map(t -> new Trial(t.runId(), t.role(), t.factors(), worth.apply(t), t.figures(), t.retrained()))
                .toList();
        return new Evidence(gates, changed, features, classes, blocks);
    }
}
