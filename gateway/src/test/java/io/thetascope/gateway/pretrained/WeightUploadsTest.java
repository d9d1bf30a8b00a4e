package io.thetascope.gateway.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.store.Downloads;
import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.study.UploadedWeights;
import io.thetascope.gateway.request.RefusedRequestException;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.gateway.testing.WeightFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightUploadsTest {
    @TempDir
    Path folder;

    private final InMemoryObjectStore store = new InMemoryObjectStore(() -> Samples.NOON);
    private Path uploadFolder = Path.of("none-yet");

    private WeightUploads uploads() {
        uploadFolder = folder.resolve("uploads");
        return new WeightUploads(store, uploadFolder);
    }

    @AfterEach
    void leavesNoFileBehind() {
        if (Files.exists(uploadFolder)) {
            assertThat(uploadFolder).isEmptyDirectory();
        }
    }

    private Path resnet(float value) {
        return WeightFiles.write(folder.resolve("resnet18.safetensors"), WeightFiles.imageNet("resnet18"), value);
    }

    private WeightUploads.Answer take(String network, Path file) throws IOException {
        try (InputStream body = Files.newInputStream(file)) {
            return uploads().take(network, Files.size(file), body);
        }
    }

    private void refuses(String network, byte[] body, String... reasons) {
        assertThatThrownBy(() -> uploads().take(network, -1, new ByteArrayInputStream(body)))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessageContainingAll(reasons);
        assertThat(store.list("pretrained/")).isEmpty();
    }

    private void refuses(List<TensorSpec> tensors, Optional<String> notANumber, String... reasons) throws IOException {
        Path file = WeightFiles.write(folder.resolve("bad.safetensors"), tensors, 0, notANumber);
        refuses("resnet18", Files.readAllBytes(file), reasons);
    }

    @Test
    void storesTheFileAndThenThePointer() throws IOException {
        Path file = resnet(0.5f);
        WeightUploads.Answer answer = take("resnet18", file);
        UploadedWeights weights = answer.weights();
        assertThat(answer.known()).isFalse();
        assertThat(weights.digest()).isEqualTo(Downloads.digestOf(file));
        assertThat(weights.bytes()).isEqualTo(Files.size(file));
        assertThat(weights.used()).hasSize(120);
        assertThat(weights.replaced()).containsExactly("fc.weight", "fc.bias");
        assertThat(store.download(ArtifactKeys.pretrained(weights.digest()), weights.digest(), folder))
                .exists();
        assertThat(new JsonObjects(store).read("pretrained/resnet18.json", UploadedWeights.class))
                .contains(weights);
        assertThat(uploads().list()).containsExactly(weights);
    }

    @Test
    void knowsTheSameFileAgainAndTakesANewerOne() throws IOException {
        take("resnet18", resnet(0.5f));
        assertThat(take("resnet18", resnet(0.5f)).known()).isTrue();
        WeightUploads.Answer newer = take("resnet18", resnet(0.25f));
        assertThat(newer.known()).isFalse();
        assertThat(uploads().list()).containsExactly(newer.weights());
    }

    @Test
    void namesTheTensorThatDoesNotFit() throws IOException {
        refuses(
                "resnet18-cifar",
                Files.readAllBytes(resnet(0)),
                "conv1.weight is [64, 3, 7, 7] where resnet18-cifar has [64, 3, 3, 3]");
    }

    @Test
    void namesATensorThatIsNotFinite() throws IOException {
        refuses(
                WeightFiles.imageNet("resnet18"),
                Optional.of("layer4.1.bn2.bias"),
                "tensor layer4.1.bn2.bias holds NaN at element 511");
    }

    @Test
    void namesATensorOfAnotherType() throws IOException {
        List<TensorSpec> tensors = new ArrayList<>(WeightFiles.imageNet("resnet18"));
        tensors.set(1, new TensorSpec("bn1.weight", DType.F16, List.of(64L)));
        refuses(tensors, Optional.empty(), "tensor bn1.weight is F16; save it as F32");
    }

    @Test
    void refusesAPickleAndSaysHowToMakeTheFile() {
        byte[] zip = "PK\u0003\u0004 archive/data.pkl and so on".getBytes(StandardCharsets.ISO_8859_1);
        refuses("resnet18", zip, "a pickle", "safetensors.torch.save_file(torch.load(");
        refuses("resnet18", new byte[] {(byte) 0x80, 2, '}', 'q', 0, '.', 0, 0, 0, 0}, "a pickle");
    }

    @Test
    void refusesAHeaderThatLies() {
        byte[] claim = ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(1L << 40)
                .array();
        refuses("resnet18", claim, "the upload: not a safetensors file", "1099511627776");
        refuses("resnet18", new byte[0], "the upload: shorter than the 8 bytes");
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        byte[] bytes = Files.readAllBytes(resnet(0));
        refuses("resnet18", Arrays.copyOf(bytes, bytes.length - 1), "the upload");
    }

    @Test
    void refusesMoreThanTheNetworkNeedsBeforeAndWhileItComes() throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] into, int at, int count) {
                return count;
            }
        };
        InputStream unreadable = InputStream.nullInputStream();
        unreadable.close();
        assertThatThrownBy(() -> uploads().take("resnet18", -1, endless))
                .hasMessageContaining("weights of resnet18 has at most 116");
        assertThatThrownBy(() -> uploads().take("resnet18", 1L << 30, unreadable))
                .hasMessageContaining("weights of resnet18 has at most 116");
    }

    @Test
    void takesLeNetAtOneChannelAndAtThree() throws IOException {
        for (int channels : new int[] {1, 3}) {
            Path file = WeightFiles.write(
                    folder.resolve("lenet.safetensors"),
                    WeightFiles.classifier("lenet", new InputShape(channels, 32, 32)),
                    0.5f);

            UploadedWeights weights = take("lenet", file).weights();

            assertThat(weights.used()).hasSize(8).startsWith("conv1.weight");
            assertThat(weights.replaced()).containsExactly("fc3.weight", "fc3.bias");
        }
    }

    @Test
    void repairsAStoredFileThatIsDamagedThoughItsLengthIsRight() throws IOException {
        Path file = resnet(0.5f);
        UploadedWeights weights = take("resnet18", file).weights();
        String key = ArtifactKeys.pretrained(weights.digest());
        byte[] damaged = Files.readAllBytes(file);
        damaged[damaged.length - 1] ^= 1;
        store.put(key, damaged);

        assertThat(take("resnet18", file).known()).isFalse();
        Downloads.verify(store, key, weights.digest());
    }

    @Test
    void aBodyThatBreaksOffIsRefusedAndSentAgain() {
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(new byte[100]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] into, int at, int count) throws IOException {
                throw new IOException("connection reset");
            }
        });
        assertThatThrownBy(() -> uploads().take("resnet18", 1000, broken))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessageContaining("the body broke off after 100 bytes; send it again");
    }

    @Test
    void aFolderThatCannotTakeAnUploadIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("no-folder"), "a file");
        assertThatThrownBy(
                        () -> new WeightUploads(store, file).take("resnet18", 8, new ByteArrayInputStream(new byte[8])))
                .isInstanceOf(UploadFolderException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("THETASCOPE_CACHE_DIR");
    }

    @Test
    void aThirdUploadAtATimeIsSentAwayUntilOneEnds() throws Exception {
        WeightUploads uploads = uploads();
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                running.add(threads.submit(() -> uploads.take("resnet18", -1, held(both, end))));
            }
            assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(() -> uploads.take("resnet18", -1, InputStream.nullInputStream()))
                    .isInstanceOf(UploadsBusyException.class)
                    .hasMessageContaining("2 uploads at a time");

            end.countDown();
            for (Future<?> upload : running) {
                assertThatThrownBy(() -> upload.get(30, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(RefusedRequestException.class);
            }
            assertThatThrownBy(() -> uploads.take("resnet18", -1, InputStream.nullInputStream()))
                    .isInstanceOf(RefusedRequestException.class);
        } finally {
            end.countDown();
            threads.shutdownNow();
        }
    }

    /** An empty body whose end comes late. */
    private static InputStream held(CountDownLatch reached, CountDownLatch end) {
        return new InputStream() {
            @Override
            public int read(byte[] into, int at, int count) throws IOException {
                return read();
            }

            @Override
            public int read() throws IOException {
                reached.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return -1;
            }
        };
    }
}
