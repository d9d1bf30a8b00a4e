package io.thetascope.gateway.pretrained;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.store.DamagedObjectException;
import io.thetascope.artifacts.store.Downloads;
import io.thetascope.artifacts.store.MissingObjectException;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.study.UploadedWeights;
import io.thetascope.gateway.request.Problem;
import io.thetascope.gateway.request.RefusedRequestException;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.PretrainedFit;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes weights that a user uploads: received, verified, fitted, stored under their digest, then announced as newest. */
public final class WeightUploads {
    private static final Logger LOG = LoggerFactory.getLogger(WeightUploads.class);
    private static final InputShape INPUT = new InputShape(3, 32, 32);
    private static final InputShape GREY_INPUT = new InputShape(1, 32, 32);
    private static final String GREY = "lenet"; // the only one that sees grey images as they are
    private static final long SLACK = 64L << 20;
    private static final int MOST_AT_ONCE = 2;

    private final ObjectStore store;
    private final JsonObjects objects;
    private final Path folder;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    /** Stores weights here; the folder is for the files while they are verified. */
    public WeightUploads(ObjectStore store, Path folder) {
        this.store = store;
        this.objects = new JsonObjects(store);
        this.folder = folder;
    }

    /**
     * What became of an upload.
     *
     * @param weights as studies find them
     * @param known whether they were the network's newest before
     */
    public record Answer(UploadedWeights weights, boolean known) {}

    /** Returns the newest weights of each network that has some. */
    public List<UploadedWeights> list() {
        return Networks.names().stream()
                .flatMap(name -> objects.read(ArtifactKeys.pretrainedOf(name), UploadedWeights.class).stream())
                .toList();
    }

    /**
     * Takes a file.
     *
     * @param network one that there is
     * @param announced the bytes that will come; negative when that is not known
     * @param body read to its end
     * @throws RefusedRequestException when it is no safetensors file of this network's weights
     * @throws UploadsBusyException when two others are being taken
     * @throws UploadFolderException when the folder cannot take it
     */
    public Answer take(String network, long announced, InputStream body) {
        long largest = largest(network);
        if (announced > largest) {
            throw tooLarge(network, largest);
        }
        if (!room.tryAcquire()) {
            throw new UploadsBusyException(MOST_AT_ONCE);
        }
        try {
            return receive(network, largest, body);
        } finally {
            room.release();
        }
    }

    private Answer receive(String network, long largest, InputStream body) {
        try (ReceivedFile file = ReceivedFile.receive(body, folder, largest)) {
            if (file.bytes() > largest) {
                throw tooLarge(network, largest);
            }
            PretrainedFit fit = WeightFile.verify(file.path(), descriptions(network));
            return store(new UploadedWeights(network, file.sha256(), file.bytes(), fit.used(), fit.replaced()), file);
        }
    }

    private static List<NetworkDescription> descriptions(String network) {
        Stream<InputShape> inputs = network.equals(GREY) ? Stream.of(GREY_INPUT, INPUT) : Stream.of(INPUT);
        return inputs.map(input -> Networks.named(network, input)).toList();
    }

    private Answer store(UploadedWeights weights, ReceivedFile file) {
        String key = ArtifactKeys.pretrained(weights.digest());
        String newest = ArtifactKeys.pretrainedOf(weights.network());
        boolean there = isSound(key, weights);
        boolean known = there
                && objects.read(newest, UploadedWeights.class)
                        .filter(weights::equals)
                        .isPresent();
        if (!there) {
            store.put(key, file.path());
        }
        if (!known) {
            objects.write(newest, weights);
            LOG.info(
                    "weights stored network={} digest={} bytes={}",
                    weights.network(),
                    weights.digest(),
                    weights.bytes());
        }
        return new Answer(weights, known);
    }

    /** Of a damaged object the size may be right: it is read through. */
    private boolean isSound(String key, UploadedWeights weights) {
        if (store.stat(key).filter(s -> s.bytes() == weights.bytes()).isEmpty()) {
            return false;
        }
        try {
            Downloads.verify(store, key, weights.digest());
            return true;
        } catch (DamagedObjectException | MissingObjectException e) {
            LOG.warn("stored weights are damaged, written again digest={} cause={}", weights.digest(), e.toString());
            return false;
        }
    }

    /** A variant such as vgg19-small takes the file of the stock network, whose head may be the larger part of it. */
    private static long largest(String network) {
        int variant = network.indexOf('-');
        String stock = variant < 0 ? network : network.substring(0, variant);
        long bytes = Math.max(
                Networks.named(network, INPUT).checkpointBytes(),
                Networks.named(stock, INPUT).checkpointBytes());
        return bytes + bytes / 10 + SLACK;
    }

    private static RefusedRequestException tooLarge(String network, long largest) {
        return refused("a file of weights of " + network + " has at most " + largest
                + " bytes; send the state_dict alone, without the optimizer's state");
    }

    static RefusedRequestException refused(String remedy) {
        return RefusedRequestException.of(new Problem("", null, remedy));
    }
}
