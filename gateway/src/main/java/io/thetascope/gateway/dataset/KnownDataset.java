package io.thetascope.gateway.dataset;

import io.thetascope.contracts.identity.Digest;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The data sets that a study can name: their files, official digests and homes. */
@SuppressWarnings("ImmutableEnumChecker") // the lists and maps are List.of and Map.of
enum KnownDataset {
    MNIST(
            "mnist",
            Layout.IDX,
            List.of("mnist"),
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            Map.of(
                    Layout.TRAIN_IMAGES, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                    Layout.TRAIN_LABELS, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                    Layout.TEST_IMAGES, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                    Layout.TEST_LABELS, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")),
    FASHION_MNIST(
            "fashion-mnist",
            Layout.IDX,
            List.of("fashion-mnist"),
            URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
            Map.of(
                    Layout.TRAIN_IMAGES, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                    Layout.TRAIN_LABELS, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                    Layout.TEST_IMAGES, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                    Layout.TEST_LABELS, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
    /** The official file is an archive, which is not unpacked yet: a folder of its files is used as unverified. */
    CIFAR10("cifar10", Layout.CIFAR_BINARY, List.of("cifar10", "cifar-10-batches-bin"), null, Map.of());

    private final String datasetName;
    private final Layout layout;
    private final List<String> folders;
    private final @Nullable URI home;
    private final Map<String, String> officialSha256;

    KnownDataset(
            String datasetName,
            Layout layout,
            List<String> folders,
            @Nullable URI home,
            Map<String, String> officialSha256) {
        this.datasetName = datasetName;
        this.layout = layout;
        this.folders = folders;
        this.home = home;
        this.officialSha256 = officialSha256;
    }

    /** How the files of a data set are made and named. */
    enum Layout {
        IDX(List.of(Layout.TRAIN_IMAGES, Layout.TRAIN_LABELS), List.of(Layout.TEST_IMAGES, Layout.TEST_LABELS)),
        CIFAR_BINARY(
                List.of(
                        "data_batch_1.bin",
                        "data_batch_2.bin",
                        "data_batch_3.bin",
                        "data_batch_4.bin",
                        "data_batch_5.bin"),
                List.of("test_batch.bin"));

        static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
        static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
        static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
        static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

        private final List<String> train;
        private final List<String> test;

        Layout(List<String> train, List<String> test) {
            this.train = train;
            this.test = test;
        }

        List<String> train() {
            return train;
        }

        List<String> test() {
            return test;
        }
    }

    static Optional<KnownDataset> named(String name) {
        return Arrays.stream(values()).filter(d -> d.datasetName.equals(name)).findFirst();
    }

    String datasetName() {
        return datasetName;
    }

    Layout layout() {
        return layout;
    }

    /** Names of the folder within a data folder. */
    List<String> folders() {
        return folders;
    }

    Optional<URI> home() {
        return Optional.ofNullable(home);
    }

    boolean official(String file, Digest digest) {
        return digest.value().equals(officialSha256.get(file));
    }

    Optional<Digest> officialDigest(String file) {
        return Optional.ofNullable(officialSha256.get(file)).map(Digest::new);
    }
}
