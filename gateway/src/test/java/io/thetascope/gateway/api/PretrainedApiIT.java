package io.thetascope.gateway.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.thetascope.artifacts.store.Downloads;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.gateway.settings.GatewaySettings;
import io.thetascope.gateway.testing.WeightFiles;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class PretrainedApiIT {
    @Inject
    ObjectStore store;

    @TestHTTPResource("/")
    URI root = URI.create("");

    @Inject
    GatewaySettings settings;

    @TempDir
    Path folder;

    /** Other tests share the store and count on it that nobody uploaded anything. */
    @AfterEach
    void forgetUploads() {
        store.list("pretrained/").forEach(store::delete);
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(root.resolve("/api/v1" + path))
                .method(method, body)
                .header("Content-Type", "application/json")
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> put(String network, Path file) throws Exception {
        return send("PUT", "/pretrained/" + network, BodyPublishers.ofFile(file));
    }

    /** Of a network that no test wants to be without weights: the store is shared with the other tests of the API. */
    @Test
    void takesWeightsOnceAndListsThem() throws Exception {
        Path file = WeightFiles.write(folder.resolve("w.safetensors"), WeightFiles.imageNet("resnet18-cifar"), 0.125f);
        assertThat(put("resnet18-cifar", file).statusCode()).isEqualTo(201);
        assertThat(put("resnet18-cifar", file).statusCode()).isEqualTo(200);
        String digest = Downloads.digestOf(file).value();
        given().get("/api/v1/pretrained")
                .then()
                .statusCode(200)
                .body("items.network", hasItems("resnet18-cifar"), "items.digest", hasItems(digest))
                .body("items[0].used", hasSize(120), "items[0].replaced", hasItems("fc.weight", "fc.bias"));
        assertThat(store.stat("pretrained/" + digest + ".safetensors")
                        .orElseThrow()
                        .bytes())
                .isEqualTo(Files.size(file));
    }

    @Test
    void refusesAPickleAsAProblem() {
        given().body("PK\u0003\u0004 a zip of pickles".getBytes(StandardCharsets.ISO_8859_1))
                .put("/api/v1/pretrained/vgg19")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("problems[0].remedy", containsString("safetensors.torch.save_file"));
        given().body(new byte[8]).put("/api/v1/pretrained/nonet").then().statusCode(404);
        given().body(new byte[8]).put("/api/v1/pretrained/lenet").then().statusCode(400);
    }

    private Socket begin(String network) throws Exception {
        Socket socket = new Socket(root.getHost(), root.getPort());
        String head = "PUT /api/v1/pretrained/" + network
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n and the rest never comes";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private long inTheFolder(Path uploads) {
        String[] names = uploads.toFile().list();
        return names == null ? 0 : names.length;
    }

    @Test
    void aThirdUploadAtATimeIsSentAwayAndBrokenOnesLeaveNothing() throws Exception {
        Path uploads = settings.cacheDir().resolve("uploads");
        try (Socket first = begin("vgg19");
                Socket second = begin("vgg19")) {
            await().until(() -> inTheFolder(uploads) == 2);
            given().body(new byte[8])
                    .put("/api/v1/pretrained/vgg19")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "10")
                    .contentType("application/problem+json");
            assertThat(first.isConnected() && second.isConnected()).isTrue();
        }
        await().until(() -> inTheFolder(uploads) == 0);
        given().body(new byte[8]).put("/api/v1/pretrained/vgg19").then().statusCode(400);
    }

    @Test
    void aFolderThatCannotTakeAnUploadIsNamed() throws Exception {
        Path uploads = settings.cacheDir().resolve("uploads");
        Files.createDirectories(settings.cacheDir());
        Files.deleteIfExists(uploads);
        Files.createFile(uploads);
        try {
            given().body(new byte[8])
                    .put("/api/v1/pretrained/vgg19")
                    .then()
                    .statusCode(507)
                    .contentType("application/problem+json")
                    .body("detail", containsString(uploads.toAbsolutePath().toString()));
        } finally {
            Files.delete(uploads);
        }
    }

    /** Only weights may be large: what is read into memory is not, whether its length is announced or not. */
    @Test
    void otherBodiesAreStillBounded() throws Exception {
        byte[] large = new byte[(1 << 20) + 1];
        assertThat(send("POST", "/studies", BodyPublishers.ofByteArray(large)).statusCode())
                .isEqualTo(413);
        assertThat(send("POST", "/studies/plan", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void describesNetworks() {
        given().get("/api/v1/networks").then().statusCode(200).body("items", hasItems("lenet", "vgg19-small"));
        given().get("/api/v1/networks/resnet18?input=3x32x32")
                .then()
                .statusCode(200)
                .body("parameters", equalTo(11_181_642), "geometryDead", equalTo(6_946_816))
                .body("layers[0].name", equalTo("conv1"), "symmetries.kind", hasItems("batch-norm-sign"));
        given().get("/api/v1/networks/nonet").then().statusCode(404).contentType("application/problem+json");
        given().get("/api/v1/networks/vgg19?input=1x1x1")
                .then()
                .statusCode(400)
                .body("problems[0].field", equalTo("input"));
    }
}
