package io.thetascope.contracts.study;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Perturbation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a user asks for: a grid of factors, what is done to the finished models, and what is compared. All but networks
 * and datasets have defaults; a spec read from JSON or YAML comes out complete.
 *
 * @param name a label; no part of any id
 * @param networks lenet, resnet18, resnet18-cifar, vgg19, vgg19-small
 * @param datasets mnist, fashion-mnist, cifar10
 * @param initializations kaiming-uniform, kaiming-normal, pretrained
 * @param optimizers sgd, adam
 * @param seeds one base run of every cell for each
 * @param epochs of every training
 * @param inputSize pixels at each side of the square that a network sees
 * @param train batch, limits, weight decay, threads
 * @param test limit of the test set
 * @param checkpoints when weights are kept
 * @param evidence whether two bits a parameter are kept
 * @param perturbations what is done to every finished base run
 * @param twins the controls of every parent that is perturbed
 * @param parents finished runs to perturb instead of training a grid
 * @param comparisons default, all or none
 * @param gates test accuracy, by data set, below which a run is not worth discussing; in the order of the names
 * @param overrides settings for the cells that match
 * @param exclude cells left out
 * @param pretrained where pretrained weights come from
 */
public record StudySpec(
        String name,
        List<String> networks,
        List<String> datasets,
        List<String> initializations,
        List<String> optimizers,
        List<Long> seeds,
        Integer epochs,
        Integer inputSize,
        TrainSettings train,
        TestSettings test,
        CheckpointSettings checkpoints,
        Boolean evidence,
        List<Perturbation> perturbations,
        List<TwinRequest> twins,
        List<RunId> parents,
        String comparisons,
        Map<String, Double> gates,
        List<CellOverride> overrides,
        List<Map<String, String>> exclude,
        List<PretrainedChoice> pretrained) {
    private static final Map<String, Double> DEFAULT_GATES =
            Map.of("mnist", 0.95, "fashion-mnist", 0.80, "cifar10", 0.50);

    public StudySpec {
        name = name == null ? "" : name;
        networks = orElse(networks, List.of());
        datasets = orElse(datasets, List.of());
        initializations = orElse(initializations, List.of("kaiming-uniform"));
        optimizers = orElse(optimizers, List.of("sgd"));
        seeds = orElse(seeds, List.of(1L));
        epochs = epochs == null ? 20 : epochs;
        inputSize = inputSize == null ? 32 : inputSize;
        train = train == null ? TrainSettings.DEFAULT : train;
        test = test == null ? TestSettings.DEFAULT : test;
        checkpoints = checkpoints == null ? CheckpointSettings.DEFAULT : checkpoints;
        evidence = evidence == null || evidence;
        perturbations = orElse(perturbations, List.of());
        twins = orElse(twins, List.of(TwinRequest.SAME_SEED, TwinRequest.NEW_SEED));
        parents = orElse(parents, List.of());
        comparisons = comparisons == null ? "default" : comparisons;
        gates = Collections.unmodifiableMap(new TreeMap<>(gates == null ? DEFAULT_GATES : Map.copyOf(gates)));
        overrides = orElse(overrides, List.of());
        exclude = orElse(exclude, List.of());
        pretrained = orElse(pretrained, List.of());
    }

    private static <T> List<T> orElse(List<T> given, List<T> otherwise) {
        return given == null ? otherwise : List.copyOf(given);
    }

    /** Returns this spec under another name, which changes no id. */
    public StudySpec named(String newName) {
        return new StudySpec(
                newName,
                networks,
                datasets,
                initializations,
                optimizers,
                seeds,
                epochs,
                inputSize,
                train,
                test,
                checkpoints,
                evidence,
                perturbations,
                twins,
                parents,
                comparisons,
                gates,
                overrides,
                exclude,
                pretrained);
    }
}
