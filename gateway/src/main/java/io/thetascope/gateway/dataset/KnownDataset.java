package io.thetascope.gateway.dataset;

import io.thetascope.contracts.identity.Digest;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
    /** Published as one archive; a folder of its files has no official checksum and is used as unverified. */
    CIFAR10(
            "cifar10",
            Layout.CIFAR_BINARY,
            List.of("cifar10", "cifar-10-batches-bin", "cifar10/cifar-10-batches-bin"),
            URI.create("https://www.cs.toronto.edu/~kriz/"),
            Map.of(Layout.CIFAR_ARCHIVE, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"));

    private final String datasetName;
    private final Layout layout;
    private final List<String> folders;
    private final URI home;
    private final Map<String, String> officialSha256;

    KnownDataset(
            String datasetName, Layout layout, List<String> folders, URI home, Map<String, String> officialSha256) {
        this.datasetName = datasetName;
        this.layout = layout;
        this.folders = folders;
        this.home = home;
        this.officialSha256 = officialSha256;
    }

    /** How the files of a data set are made and named. */
    enum Layout {
        IDX(
                IdxReader.SIZE,
                List.of(Layout.TRAIN_IMAGES, Layout.TRAIN_LABELS),
                List.of(Layout.TEST_IMAGES, Layout.TEST_LABELS)) {
            @Override
            void read(int number, SourceFile file, Split into) throws IOException, MalformedDatasetException {
                if (number == 0) {
                    IdxReader.images(file, into);
                } else {
                    IdxReader.labels(file, into);
                }
            }
        },
        CIFAR_BINARY(
                CifarReader.SIZE,
                List.of(
                        "data_batch_1.bin",
                        "data_batch_2.bin",
                        "data_batch_3.bin",
                        "data_batch_4.bin",
                        "data_batch_5.bin"),
                List.of("test_batch.bin")) {
            @Override
            void read(int number, SourceFile file, Split into) throws IOException, MalformedDatasetException {
                CifarReader.read(number, file, into);
            }
        };

        static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
        static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
        static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
        static final String TEST_LABELS = "t10k-labels-idx1-ubyte";
        static final String CIFAR_ARCHIVE = "cifar-10-binary.tar.gz";

        private final Split.ImageSize size;
        private final List<String> train;
        private final List<String> test;

        Layout(Split.ImageSize size, List<String> train, List<String> test) {
            this.size = size;
            this.train = train;
            this.test = test;
        }

        /**
         * Reads a file into its set.
         *
         * @param number of the file in {@link #train} or {@link #test}
         */
        abstract void read(int number, SourceFile file, Split into) throws IOException, MalformedDatasetException;

        Split.ImageSize size() {
            return size;
        }

        List<String> train() {
            return train;
        }

        List<String> test() {
            return test;
        }

        Stream<String> files() {
            return Stream.concat(train.stream(), test.stream());
        }

        /** Name of the archive in which all files are published; empty when each is published by itself. */
        Optional<String> archive() {
            return this == CIFAR_BINARY ? Optional.of(CIFAR_ARCHIVE) : Optional.empty();
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

    boolean official(String file, Digest digest) {
        return digest.value().equals(officialSha256.get(file));
    }

    /** The official checksum of the archive in which the data set is published. */
    Digest officialArchive() {
        return officialDigest(layout.archive().orElseThrow());
    }

    /** What is published, and where. */
    List<OfficialFile> officialFiles() {
        return layout.archive()
                .map(archive -> List.of(new OfficialFile(home.resolve(archive), officialDigest(archive))))
                .orElseGet(() -> layout.files()
                        .map(name -> new OfficialFile(home.resolve(name + ".gz"), officialDigest(name)))
                        .toList());
    }

    private Digest officialDigest(String file) {
        return Optional.ofNullable(officialSha256.get(file)).map(Digest::new).orElseThrow();
    }
}
